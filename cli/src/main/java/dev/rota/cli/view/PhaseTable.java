package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.NodeProgress;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.StepRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How long each phase took on each node, all its attempts together, in milliseconds; the way back, marked {@code <}; and the gates. */
final class PhaseTable {
    /** The phases' own column and its gap, at least. */
    private static final int FIRST_COLUMN = 8;

    private static final int SHORTEST_COLUMN = 7;
    /** A block of nodes is never wider than this, so that a log stays readable. */
    private static final int WIDEST_BLOCK = 120;

    private PhaseTable() {}

    /** The tables, as many as the page needs to show all nodes side by side in blocks; none before the first step. */
    static List<Table> of(Rollout rollout, Page page) {
        Map<String, Map<String, Long>> phases = new LinkedHashMap<>();
        for (NodeProgress node : rollout.getNodesList()) {
            node.getStepsList().stream()
                    .filter(step -> !step.getBack())
                    .forEach(step -> add(step.getPhase(), node, step, phases));
        }
        for (NodeProgress node : rollout.getNodesList()) {
            node.getStepsList().stream()
                    .filter(StepRecord::getBack)
                    .forEach(step -> add(step.getPhase() + " <", node, step, phases));
        }
        for (NodeProgress node : rollout.getNodesList()) {
            node.getGatesList().forEach(gate -> add("gates", node, gate, phases));
        }
        List<Table> tables = new ArrayList<>();
        if (!phases.isEmpty()) {
            blocks(rollout, Math.min(page.width(), WIDEST_BLOCK), firstColumn(phases.keySet()))
                    .forEach(block -> tables.add(table(block, phases)));
        }
        return tables;
    }

    private static void add(String row, NodeProgress node, StepRecord step, Map<String, Map<String, Long>> rows) {
        rows.computeIfAbsent(row, r -> new LinkedHashMap<>()).merge(node.getNode(), (long) step.getTookMs(), Long::sum);
    }

    private static int firstColumn(Set<String> rows) {
        return Math.max(
                FIRST_COLUMN, 1 + rows.stream().mapToInt(String::length).max().orElse(0));
    }

    private static List<List<String>> blocks(Rollout rollout, int width, int first) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> block = new ArrayList<>();
        int used = first;
        for (NodeProgress node : rollout.getNodesList()) {
            int column = 2 + Math.max(SHORTEST_COLUMN, Words.width(node.getNode()));
            if (used + column > width && !block.isEmpty()) {
                blocks.add(block);
                block = new ArrayList<>();
                used = first;
            }
            block.add(node.getNode());
            used += column;
        }
        blocks.add(block);
        return blocks;
    }

    private static Table table(List<String> nodes, Map<String, Map<String, Long>> phases) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.left("PHASE"));
        nodes.forEach(node -> columns.add(Column.right(node)));
        Table table = Table.of(columns);
        phases.forEach((phase, times) -> table.row(row(phase, nodes, times)));
        Map<String, Long> sums = new LinkedHashMap<>();
        phases.values().forEach(times -> times.forEach((node, ms) -> sums.merge(node, ms, Long::sum)));
        return table.row(row("total", nodes, sums));
    }

    private static List<Cell> row(String title, List<String> nodes, Map<String, Long> times) {
        List<Cell> row = new ArrayList<>();
        row.add(Cell.of(title));
        for (String node : nodes) {
            Long ms = times.get(node);
            row.add(Cell.of(ms == null ? "" : Long.toString(ms)));
        }
        return row;
    }
}

package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.NodeProgress;
import dev.rota.wire.operator.v1.Rollout;
import java.util.ArrayList;
import java.util.List;

/** A running rollout on one screen: nodes, the phase each is in, for how long, and the hold. */
public final class LiveView {
    private static final int FEWEST_NODES = 3;

    private LiveView() {}

    /**
     * The screen's lines.
     *
     * @param rows lines the terminal has; nodes that do not fit are counted instead of shown, those that wait or are done first
     * @param notice a line about the connection, empty for none
     */
    public static List<String> lines(Rollout rollout, String notice, int rows, Page page) {
        List<String> lines = new ArrayList<>();
        lines.add(title(rollout, page));
        lines.add(progress(rollout, page));
        lines.add("");
        List<NodeProgress> shown = busiest(rollout, Math.max(FEWEST_NODES, rows - 8));
        lines.addAll(nodes(shown, page).lines(page));
        int hidden = rollout.getNodesCount() - shown.size();
        if (hidden > 0) {
            lines.add("and " + hidden + " more, waiting or done");
        }
        if (rollout.hasHold()) {
            lines.add(clipped(
                    "held: " + rollout.getHold().getCode() + " "
                            + rollout.getHold().getSentence(),
                    Tone.WARN,
                    page));
        }
        if (rollout.hasStalled()) {
            lines.add(clipped("STALLED " + RolloutView.stalled(rollout.getStalled(), page), Tone.BAD, page));
        }
        if (!notice.isEmpty()) {
            lines.add(clipped(notice, Tone.BAD, page));
        }
        return lines;
    }

    private static String title(Rollout rollout, Page page) {
        String what = "rollout " + Ids.shown(rollout.getId()) + "  " + rollout.getCluster() + "  " + rollout.getFrom()
                + " -> " + rollout.getTo() + "  " + rollout.getMode();
        String state = Words.orDash(rollout.getState());
        return page.paint(Tone.STRONG, Words.clip(Words.printable(what), page.width() - Words.width(state) - 2)) + "  "
                + page.paint(Tone.of(state), state);
    }

    private static String progress(Rollout rollout, Page page) {
        return Bar.of(rollout.getStepsDone(), rollout.getStepsTotal()) + "  steps " + rollout.getStepsDone() + "/"
                + rollout.getStepsTotal() + "  " + RolloutsView.took(rollout, page);
    }

    private static List<NodeProgress> busiest(Rollout rollout, int most) {
        if (rollout.getNodesCount() <= most) {
            return rollout.getNodesList();
        }
        List<NodeProgress> shown = new ArrayList<>(rollout.getNodesList().stream()
                .filter(node -> !idle(node))
                .limit(most)
                .toList());
        rollout.getNodesList().stream()
                .filter(LiveView::idle)
                .limit(most - shown.size())
                .forEach(shown::add);
        return shown;
    }

    private static boolean idle(NodeProgress node) {
        return List.of("waiting", "done", "skipped").contains(node.getState());
    }

    private static Table nodes(List<NodeProgress> nodes, Page page) {
        Table table = Table.of(
                Column.left("NODE"),
                Column.left("PHASE"),
                Column.right("FOR"),
                Column.left("SERVICE"),
                Column.cut("DETAIL", 12));
        for (NodeProgress node : nodes) {
            table.row(
                    Cell.of(node.getNode()),
                    Cell.state(node.getAttempt() > 1 ? node.getState() + " #" + node.getAttempt() : node.getState()),
                    Cell.of(idle(node) || !node.hasSince() ? "" : Times.age(node.getSince(), page)),
                    node.getOutOfService() ? Cell.of("out", Tone.WARN) : Cell.of("in"),
                    Cell.of(node.getDetail()));
        }
        return table;
    }

    private static String clipped(String text, Tone tone, Page page) {
        return page.paint(tone, Words.clip(Words.printable(text), page.width()));
    }
}

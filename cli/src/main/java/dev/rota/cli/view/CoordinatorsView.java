package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Coordinator;
import dev.rota.wire.operator.v1.CoordinatorList;
import java.util.List;
import java.util.stream.Collectors;

/** One row for each coordinator, and below what is wrong with any of them. */
public final class CoordinatorsView {
    /** What stands above everything that no majority has confirmed. */
    static final String OLD = "Nobody leads, or no majority confirms it: what is shown may be old.";

    private CoordinatorsView() {}

    public static String text(CoordinatorList list, Page page) {
        Text text = new Text(page);
        if (list.getMayBeOld()) {
            text.line(page.paint(Tone.BAD, OLD)).line("");
        }
        Table table = Table.of(
                Column.left("COORDINATOR"),
                Column.left("ROLE"),
                Column.left("CONNECTED"),
                Column.right("BEHIND"),
                Column.folded("ADDRESS", 12));
        for (Coordinator c : list.getCoordinatorsList()) {
            table.row(
                    Cell.of(c.getName()),
                    Cell.of(c.getRole()),
                    Cell.expected(c.getConnected()),
                    Cell.of(c.hasBehind() ? Long.toString(c.getBehind()) : ""),
                    Cell.of(c.getAddress()));
        }
        text.table(0, table).line("");
        text.field(
                "leader",
                list.getLeaderName().isEmpty() ? "none" : list.getLeaderName(),
                list.getLeaderName().isEmpty() ? Tone.BAD : Tone.PLAIN);
        text.field("journal", "term " + list.getTerm() + ", index " + list.getCommittedIndex());
        text.field("seen by", Words.orDash(list.getCoordinator()));
        return problems(text, list.getCoordinatorsList()).toString();
    }

    /** What is not as it should be with coordinators, below a heading of its own. */
    static Text problems(Text text, List<Coordinator> coordinators) {
        List<Coordinator> differ = coordinators.stream()
                .filter(c -> c.hasClustersAgree() && !c.getClustersAgree())
                .toList();
        if (!differ.isEmpty()) {
            text.heading("Problems");
            differ.forEach(c -> text.field(
                    c.getName(),
                    "its configuration has other clusters than are in force; they change when it leads: make the files the same",
                    Tone.BAD));
        }
        return text;
    }

    /** All of them in one line: {@code c1, c2 (5 behind), c3 (not connected)}. */
    static String brief(List<Coordinator> coordinators) {
        return coordinators.stream().map(c -> c.getName() + note(c)).collect(Collectors.joining(", "));
    }

    private static String note(Coordinator c) {
        if (!c.getConnected()) {
            return " (not connected)";
        }
        String learner = c.getRole().equals("learner") ? "learner" : "";
        String behind = c.hasBehind() && c.getBehind() > 0 ? c.getBehind() + " behind" : "";
        String both = learner.isEmpty() || behind.isEmpty() ? learner + behind : learner + ", " + behind;
        return both.isEmpty() ? "" : " (" + both + ")";
    }
}

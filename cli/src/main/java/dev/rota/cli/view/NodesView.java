package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Units;
import dev.rota.wire.operator.v1.Node;
import dev.rota.wire.operator.v1.NodeList;
import java.util.ArrayList;
import java.util.List;

/** One row for each node, and below everything that is wrong with any of them. */
public final class NodesView {
    private NodesView() {}

    public static String text(NodeList nodes, Page page) {
        if (nodes.getNodesList().isEmpty()) {
            return "No nodes.\n";
        }
        Table table = Table.of(
                Column.left("CLUSTER"),
                Column.left("NODE"),
                Column.left("ZONE"),
                Column.left("VERSION"),
                Column.left("SERVING"),
                Column.folded("AGENT", 8),
                Column.left("PHASE"),
                Column.right("MEMBERS"),
                Column.right("FREE"));
        nodes.getNodesList()
                .forEach(node -> table.row(
                        Cell.of(node.getCluster()),
                        Cell.of(node.getName()),
                        Cell.of(node.getZone()),
                        Cell.of(node.getVersion()),
                        Cell.expected(node.getServing()),
                        agent(node, page),
                        Cell.state(node.getPhase()),
                        Cell.of(node.getMembersCount() == 0 ? "" : Integer.toString(node.getMembersCount())),
                        Cell.of(node.getDiskFreeBytes() == 0 ? "" : Units.size(node.getDiskFreeBytes()))));
        Text text = new Text(page).table(0, table);
        if (nodes.getNodesList().stream().anyMatch(node -> !problems(node, page).isEmpty())) {
            text.heading("Problems");
        }
        nodes.getNodesList()
                .forEach(
                        node -> problems(node, page).forEach(problem -> text.field(node.getName(), problem, Tone.BAD)));
        return text.toString();
    }

    private static Cell agent(Node node, Page page) {
        if (node.getConnected()) {
            return Cell.of(node.getAgentVersion().isEmpty() ? "connected" : node.getAgentVersion());
        }
        String gone = node.hasLastSeen() ? "silent for " + Times.age(node.getLastSeen(), page) : "never seen";
        return Cell.of(gone, Tone.BAD);
    }

    private static List<String> problems(Node node, Page page) {
        List<String> all = new ArrayList<>();
        if (!node.getUnhealthyReason().isEmpty()) {
            all.add(node.getUnhealthyReason());
        }
        all.addAll(node.getProblemsList());
        String since = node.hasDriftSince() ? ", since " + Times.withAge(node.getDriftSince(), page) : "";
        node.getDriftList().forEach(d -> all.add("DRIFT: " + d + since));
        return all;
    }
}

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

/** One row for each node, with everything that is wrong with it. */
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
                Column.left("AGENT"),
                Column.left("PHASE"),
                Column.right("MEMBERS"),
                Column.right("DISK FREE"),
                Column.flexible("PROBLEMS"));
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
                        Cell.of(node.getDiskFreeBytes() == 0 ? "" : Units.size(node.getDiskFreeBytes())),
                        problems(node)));
        return new Text(page).table(0, table).toString();
    }

    private static Cell agent(Node node, Page page) {
        if (node.getConnected()) {
            return Cell.of(node.getAgentVersion().isEmpty() ? "connected" : node.getAgentVersion());
        }
        String gone = node.hasLastSeen() ? "silent for " + Times.age(node.getLastSeen(), page) : "never seen";
        return Cell.of(gone, Tone.BAD);
    }

    private static Cell problems(Node node) {
        List<String> all = new ArrayList<>();
        if (!node.getUnhealthyReason().isEmpty()) {
            all.add(node.getUnhealthyReason());
        }
        all.addAll(node.getProblemsList());
        return Cell.of(String.join("; ", all), all.isEmpty() ? Tone.FAINT : Tone.BAD);
    }
}

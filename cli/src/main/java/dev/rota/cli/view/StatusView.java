package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Units;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Cluster;
import dev.rota.wire.operator.v1.Status;

/** The coordinator that answered and all clusters. */
public final class StatusView {
    private StatusView() {}

    public static String text(Status status, Page page) {
        Text text = new Text(page)
                .line(page.paint(Tone.STRONG, "coordinator " + Words.orDash(status.getCoordinator())))
                .field("version", status.getVersion())
                .field("leader", leader(status), status.getLeaderName().isEmpty() ? Tone.BAD : Tone.PLAIN)
                .field("journal", "term " + status.getTerm() + ", index " + status.getCommittedIndex());
        if (status.getCoordinatorsCount() > 1) {
            text.field("coordinators", CoordinatorsView.brief(status.getCoordinatorsList()));
        }
        if (status.getMayBeOld()) {
            text.line("").line(page.paint(Tone.BAD, CoordinatorsView.OLD));
        }
        text.line("");
        if (status.getClustersList().isEmpty()) {
            return CoordinatorsView.problems(text.line("No clusters."), status.getCoordinatorsList())
                    .toString();
        }
        Table table = Table.of(
                Column.left("CLUSTER"),
                Column.left("RECIPE"),
                Column.right("NODES"),
                Column.right("SERVING"),
                Column.right("CONNECTED"),
                Column.folded("VERSIONS", 8),
                Column.left("ROLLOUT"),
                Column.left("STATE"));
        status.getClustersList()
                .forEach(cluster -> table.row(
                        Cell.of(cluster.getName()),
                        Cell.of(cluster.getRecipe()),
                        Cell.of(cluster.getNodes()),
                        share(cluster.getServing(), cluster),
                        share(cluster.getConnected(), cluster),
                        Cell.of(
                                String.join(", ", cluster.getVersionsList()),
                                cluster.getVersionsCount() > 1 ? Tone.WARN : Tone.PLAIN),
                        Cell.of(Ids.shown(cluster.getActiveRollout())),
                        Cell.state(cluster.getActiveRolloutState())));
        text.table(0, table);
        status.getClustersList().stream()
                .filter(cluster -> !cluster.getGoingBack().isEmpty())
                .forEach(cluster -> text.line("")
                        .paragraph(
                                0,
                                "Going back from where " + Ids.shown(cluster.getActiveRollout()) + " is: "
                                        + Words.printable(cluster.getGoingBack())));
        status.getClustersList()
                .forEach(cluster -> cluster.getAlarmsList()
                        .forEach(alarm -> text.line("")
                                .line(page.paint(Tone.BAD, Words.printable(cluster.getName() + ": " + code(alarm))))
                                .paragraph(2, rest(alarm))));
        status.getClustersList().forEach(cluster -> attention(cluster, text));
        return CoordinatorsView.problems(text, status.getCoordinatorsList()).toString();
    }

    private static String code(String alarm) {
        int colon = alarm.indexOf(':');
        return colon < 0 ? alarm : alarm.substring(0, colon);
    }

    private static String rest(String alarm) {
        int colon = alarm.indexOf(':');
        return colon < 0 ? "" : alarm.substring(colon + 1).strip();
    }

    private static void attention(Cluster cluster, Text text) {
        if (cluster.hasMixedSince()) {
            text.line("")
                    .field(
                            cluster.getName(),
                            "two versions side by side since " + Times.withAge(cluster.getMixedSince(), text.page())
                                    + "; they may for " + Units.setting(cluster.getMixedLimitMs()),
                            Tone.WARN);
        }
        if (cluster.getDrifting() > 0) {
            text.line("")
                    .field(
                            cluster.getName(),
                            "DRIFT: " + cluster.getDrifting() + (cluster.getDrifting() == 1 ? " node is" : " nodes are")
                                    + " not what was recorded: rota nodes " + cluster.getName(),
                            Tone.BAD);
        }
        if (cluster.getLeftOver() > 0) {
            text.line("")
                    .field(
                            cluster.getName(),
                            "earlier rollouts left something over: rota doctor " + cluster.getName(),
                            Tone.WARN);
        }
    }

    private static String leader(Status status) {
        if (status.getLeaderName().isEmpty()) {
            return "none";
        }
        return status.getLeaderName() + (status.getLeader() ? " (this one)" : "");
    }

    private static Cell share(int nodes, Cluster cluster) {
        return Cell.of(Integer.toString(nodes), nodes < cluster.getNodes() ? Tone.WARN : Tone.PLAIN);
    }
}

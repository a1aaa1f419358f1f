package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Units;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.NodeProgress;
import dev.rota.wire.operator.v1.Rollback;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.Stall;
import java.time.Duration;

/** One rollout: in full, as the summary of a run, and in one line after it was told something. */
public final class RolloutView {
    private RolloutView() {}

    /** Everything: what it is, where every node stands, how long the phases took, and the hold. */
    public static String text(Rollout rollout, Page page) {
        Text text = new Text(page);
        addFacts(rollout, text);
        text.heading("Nodes").table(2, nodes(rollout, page));
        OversightView.broken(rollout.getAlreadyBrokenList(), text);
        addProbe(rollout, text);
        addPhases(rollout, text);
        if (rollout.hasHold()) {
            text.line("");
            HoldView.add(rollout.getHold(), text);
        }
        return text.toString();
    }

    /** What a finished run is judged by. */
    public static String summary(Rollout rollout, Page page) {
        Text text = new Text(page);
        addFacts(rollout, text);
        OversightView.broken(rollout.getAlreadyBrokenList(), text);
        addProbe(rollout, text);
        addPhases(rollout, text);
        return text.toString();
    }

    /** The state after a command, and how to follow the rollout. */
    public static String acknowledged(Rollout rollout, Page page) {
        String id = Ids.shown(rollout.getId());
        return "rollout " + id + " of " + Words.orDash(rollout.getCluster()) + ": "
                + state(rollout, page) + "\n"
                + "follow it with: rota rollouts watch " + id + "\n";
    }

    private static void addFacts(Rollout rollout, Text text) {
        Page page = text.page();
        text.line(page.paint(Tone.STRONG, "rollout " + Ids.shown(rollout.getId())) + " " + state(rollout, page))
                .field("cluster", cluster(rollout.getCluster(), rollout.getProduct()))
                .field("path", path(rollout))
                .field("mode", rollout.getMode())
                .field("reason", rollout.hasReason() ? ReasonView.inline(rollout.getReason()) : "")
                .field("plan", Ids.shown(rollout.getPlanId()))
                .field("takes back", rollout.getRollbackOf())
                .field("puts back", rollout.getRestores().isEmpty() ? "" : "backup " + rollout.getRestores())
                .field("started", started(rollout))
                .field("ended", rollout.hasEndedAt() ? Times.full(rollout.getEndedAt()) : "")
                .field("duration", RolloutsView.took(rollout, page))
                .field("product", share(rollout.getProductMs()))
                .field("held", rollout.getHeldMs() == 0 ? "" : share(rollout.getHeldMs()))
                .field("overhead", share(rollout.getOverheadMs()))
                .field("steps", rollout.getStepsDone() + " of " + rollout.getStepsTotal())
                .field("going back", rollout.getGoingBack());
        if (rollout.hasRollback()) {
            rollback(rollout, text);
        }
        if (rollout.hasMixedSince()) {
            text.field(
                    "mixed",
                    "two versions side by side since " + Times.withAge(rollout.getMixedSince(), page)
                            + limit(rollout.getMixedLimitMs(), rollout.getMixedTooLong()),
                    rollout.getMixedTooLong() ? Tone.BAD : Tone.WARN);
        }
        if (rollout.hasStalled()) {
            text.field("STALLED", stalled(rollout.getStalled(), page), Tone.BAD);
        }
    }

    /** How long two versions may run side by side; nothing from a coordinator that does not say it. */
    private static String limit(int ms, boolean over) {
        if (ms == 0) {
            return "";
        }
        return over ? ", longer than the " + Units.setting(ms) + " they may" : "; they may for " + Units.setting(ms);
    }

    private static void rollback(Rollout rollout, Text text) {
        Rollback back = rollout.getRollback();
        String nodes = Words.printable(String.join(", ", back.getNodesList()));
        text.field(
                        "rollback",
                        nodes + (rollout.hasEndedAt() ? " went" : " to go") + " back to " + back.getTo() + ", by "
                                + Words.printable(back.getBy()) + " at " + Times.full(back.getAt()),
                        Tone.WARN)
                .field("because", Words.printable(back.getWhy()));
        if (back.getAll()) {
            text.field("also", "every node that was upgraded before", Tone.WARN);
        }
    }

    /** In one line: what does not move, since when, and why. */
    static String stalled(Stall stall, Page page) {
        return "since " + Times.withAge(stall.getSince(), page) + ": " + stall.getSubject()
                + " should have ended; likely cause: " + stall.getCause();
    }

    private static String path(Rollout rollout) {
        return rollout.getPathCount() <= 2
                ? rollout.getFrom() + " -> " + rollout.getTo()
                : String.join(" -> ", rollout.getPathList())
                        + (rollout.hasEndedAt() ? "" : ", now to " + rollout.getPath(rollout.getHop()));
    }

    /** {@code cluster (product)}. */
    static String cluster(String cluster, String product) {
        return product.isEmpty() ? cluster : cluster + " (" + product + ")";
    }

    private static String state(Rollout rollout, Page page) {
        return page.paint(Tone.of(rollout.getState()), Words.orDash(rollout.getState()));
    }

    private static String started(Rollout rollout) {
        String by = rollout.getStartedBy().isEmpty() ? "" : " by " + rollout.getStartedBy();
        return rollout.hasStartedAt() ? Times.full(rollout.getStartedAt()) + by : "";
    }

    private static String share(long ms) {
        return Units.elapsed(Duration.ofMillis(ms)) + " (" + ms + " ms)";
    }

    private static Table nodes(Rollout rollout, Page page) {
        Table table = Table.of(
                Column.left("NODE"),
                Column.left("STATE"),
                Column.right("FOR"),
                Column.right("ATTEMPT"),
                Column.left("SERVICE"),
                Column.folded("DETAIL", 12));
        for (NodeProgress node : rollout.getNodesList()) {
            table.row(
                    Cell.of(node.getNode()),
                    Cell.state(node.getState()),
                    Cell.of(node.hasSince() && !rollout.hasEndedAt() ? Times.age(node.getSince(), page) : ""),
                    Cell.of(node.getAttempt() == 0 ? "" : Integer.toString(node.getAttempt())),
                    node.getOutOfService() ? Cell.of("out", Tone.WARN) : Cell.of("in"),
                    Cell.of(node.getDetail()));
        }
        return table;
    }

    private static void addProbe(Rollout rollout, Text text) {
        if (rollout.hasProbe()) {
            OversightView.measured(rollout.getProbe(), text);
        }
    }

    private static void addPhases(Rollout rollout, Text text) {
        for (Table table : PhaseTable.of(rollout, text.page().indented(2))) {
            text.heading("Phases, milliseconds").table(2, table);
        }
    }
}

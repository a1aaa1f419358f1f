package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Units;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Batch;
import dev.rota.wire.operator.v1.Citation;
import dev.rota.wire.operator.v1.FailurePolicy;
import dev.rota.wire.operator.v1.Gate;
import dev.rota.wire.operator.v1.Hop;
import dev.rota.wire.operator.v1.Lane;
import dev.rota.wire.operator.v1.Limit;
import dev.rota.wire.operator.v1.ManualStep;
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.Undo;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan on one screen, to be read like a contract. */
public final class PlanView {
    private PlanView() {}

    /**
     * The plan.
     *
     * @param explain whether all that the notes say is shown too
     */
    public static String text(Plan plan, Page page, boolean explain) {
        List<Hop> hops = hops(plan);
        boolean single = hops.size() == 1;
        Text text = new Text(page)
                .line(page.paint(
                        Tone.STRONG, plan.getDryRun() ? "plan (dry run, not kept)" : "plan " + Ids.shown(plan.getId())))
                .field("operation", operation(plan))
                .field("cluster", RolloutView.cluster(plan.getCluster(), plan.getProduct()))
                .field("path", path(plan))
                .field("mode", plan.getMode(), tone(plan.getMode()));
        if (single) {
            text.field("strategy", strategy(plan.getMode(), plan.getStrategy()));
        }
        text.field("limits", limits(hops, plan))
                .field("gate", gate(plan.getGate()))
                .field("estimate", estimate(plan.getEstimateMs()));
        OversightView.add(plan.getOversight(), text);
        text.field("artifact", single ? plan.getArtifactSha256() : "")
                .field("recipe", plan.getRecipeDigest())
                .field("migrations", single ? String.join(" ", plan.getMigrationsList()) : "")
                .field("assumed", assumed(plan))
                .field("override", plan.getOverride())
                .field("again", plan.getAgain())
                .field("failure", plan.getBatchesCount() == 0 ? "" : failure(plan))
                .field("pauses", TurnsView.pauses(plan))
                .field("planned", planned(plan));
        OversightView.broken(plan.getOversight().getAlreadyBrokenList(), text);
        int number = 0;
        for (Hop hop : hops) {
            number++;
            if (!single) {
                text.heading("Hop " + number + " of " + hops.size() + ": " + hop.getFrom() + " -> " + hop.getTo())
                        .field("mode", hop.getMode(), tone(hop.getMode()))
                        .field("strategy", strategy(hop.getMode(), hop.getStrategy()))
                        .field("estimate", estimate(hop.getEstimateMs()))
                        .field("artifact", hop.getArtifactSha256())
                        .field("migrations", String.join(" ", hop.getMigrationsList()));
            }
            hop(plan, hop, text);
        }
        byHand(plan, single, text);
        if (explain) {
            findings(plan, text);
            basis(plan, text);
            limits(plan, text);
        } else if (plan.getFindingsCount() > 0) {
            text.heading("Notes: " + plan.getFindingsCount()
                    + (plan.getFindingsCount() == 1
                            ? " finding; --explain shows it"
                            : " findings; --explain shows them"));
        }
        return (plan.getDryRun()
                        ? text.heading("Nothing was kept: the same without --dry-run makes a plan to apply")
                        : text.heading("Apply it with").line("  rota apply " + Ids.shown(plan.getId()) + " --wait"))
                .toString();
    }

    /** Every time-out and limit. */
    private static void limits(Plan plan, Text text) {
        if (plan.getLimitsCount() == 0) {
            return;
        }
        Table table = Table.of(
                Column.folded("LIMIT", 16),
                Column.right("VALUE"),
                Column.left("FROM"),
                Column.folded("WHEN IT IS OVER", 20));
        for (Limit limit : plan.getLimitsList()) {
            table.row(
                    Cell.of(Words.printable(limit.getName())),
                    Cell.of(limit.getValue()),
                    Cell.of(limit.getSource()),
                    Cell.of(Words.printable(limit.getThen())));
        }
        text.heading("Time-outs and limits").table(2, table);
    }

    /** A coordinator from before there were hops tells of one. */
    private static List<Hop> hops(Plan plan) {
        return plan.getHopsCount() > 0
                ? plan.getHopsList()
                : List.of(Hop.newBuilder()
                        .setFrom(plan.getFrom())
                        .setTo(plan.getTo())
                        .setMode(plan.getMode())
                        .addAllReasons(plan.getReasonsList())
                        .setBatches(plan.getBatchesCount())
                        .build());
    }

    private static void hop(Plan plan, Hop hop, Text text) {
        text.heading("Decision (>> marks the rule that decided)");
        hop.getReasonsList().forEach(reason -> ReasonView.add(reason, text));
        if (hop.getBatches() == 0) {
            text.heading("Work: nothing to do");
        } else {
            text.heading("Work, one batch after the other").table(2, batches(plan, hop));
            TurnsView.addOrder(plan, hop, text);
        }
        if (hop.getUndoCount() > 0) {
            text.heading(goesBack(plan) ? "What stays, and what is lost (no)" : "What can be taken back");
            hop.getUndoList().forEach(undo -> undo(undo, text));
        }
    }

    /** An upgrade is what everybody expects. */
    private static String operation(Plan plan) {
        if (!plan.getRestores().isEmpty()) {
            return "restore of backup " + plan.getRestores();
        }
        return plan.getRollbackOf().isEmpty() ? "" : plan.getOperation() + " of rollout " + plan.getRollbackOf();
    }

    private static String path(Plan plan) {
        if (!plan.getRestores().isEmpty()) {
            return plan.getFrom() + " stays";
        }
        return String.join(
                " -> ", plan.getPathList().isEmpty() ? List.of(plan.getFrom(), plan.getTo()) : plan.getPathList());
    }

    private static boolean goesBack(Plan plan) {
        return !plan.getRollbackOf().isEmpty() || !plan.getRestores().isEmpty();
    }

    private static void undo(Undo undo, Text text) {
        text.field(undo.getPossible() ? "yes" : "no", Words.printable(undo.getSentence()));
        if (undo.hasCited()) {
            ReasonView.cite(15, undo.getCited(), text);
        }
    }

    private static void byHand(Plan plan, boolean single, Text text) {
        if (plan.getManualCount() == 0) {
            return;
        }
        text.heading("By hand; the rollout waits until each is confirmed");
        for (ManualStep step : plan.getManualList()) {
            String when = when(step.getWhen()) + (single ? "" : " of the hop to " + Words.printable(step.getRelease()));
            text.line(Words.printable(step.getId()) + ", " + when);
            text.paragraph(5, Words.printable(step.getTitle()));
            step.getLinesList().forEach(line -> text.line("     | " + Words.printable(line)));
            if (step.hasCited()) {
                text.paragraph(5, ReasonView.place(step.getCited()));
            }
        }
    }

    private static String when(String when) {
        return switch (when) {
            case "after" -> "after the last node";
            case "stopped" -> "while all nodes are stopped";
            default -> "before the first node";
        };
    }

    private static void findings(Plan plan, Text text) {
        text.heading("Notes" + (plan.getFindingsCount() == 0 ? ": nothing was found in them" : ""));
        for (Citation citation : plan.getFindingsList()) {
            text.line(Words.printable(citation.getKind()));
            ReasonView.cite(5, citation, text);
        }
    }

    private static String assumed(Plan plan) {
        return new TreeMap<>(plan.getAssumedMap())
                .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(", "));
    }

    /** What makes it stale. */
    private static void basis(Plan plan, Text text) {
        if (plan.getBasisCount() > 0) {
            text.heading("It goes stale when one of these changes");
            text.line("  the nodes, their versions and their places in the cluster");
            text.line("  the recipe " + Words.printable(plan.getProduct()) + ", or an artifact on the way");
            new TreeMap<>(plan.getBasisMap()).keySet().forEach(what -> text.line("  " + Words.printable(what)));
        }
    }

    private static Tone tone(String mode) {
        return mode.equals("soft") ? Tone.GOOD : Tone.WARN;
    }

    private static String estimate(long ms) {
        return ms == 0 ? "" : "about " + Units.elapsed(Duration.ofMillis(ms)) + ", without waiting for persons";
    }

    /** What a failure leads to. */
    private static String failure(Plan plan) {
        FailurePolicy p = plan.getFailure();
        String tries = p.getRetries() == 0
                ? ""
                : "up to " + p.getRetries() + (p.getRetries() == 1 ? " retry" : " retries") + " after "
                        + Units.setting(p.getBackoffMs()) + " and more, ";
        String then = switch (p.getThen()) {
            case "rollback-node" -> "the node goes back and the rollout ends";
            case "rollback-all" -> "the node goes back, then every node upgraded before it, and the rollout ends";
            default -> "a person decides";
        };
        return TurnsView.STOPS + ": " + tries + (tries.isEmpty() ? "" : "then ") + then + TurnsView.beside(plan);
    }

    private static String strategy(String mode, String strategy) {
        return switch (strategy) {
            case "" -> mode.equals("soft") ? "node by node, the service stays up" : "";
            case "stop-all" -> "stop-all: every node stops, all change, every node starts";
            case "shrink" -> "shrink: all nodes but one leave, the last one is upgraded, the others join it";
            default -> strategy;
        };
    }

    /** A full stop takes all nodes out. */
    private static String limits(List<Hop> hops, Plan plan) {
        if (hops.stream().noneMatch(hop -> hop.getMode().equals("soft"))) {
            return "";
        }
        return TurnsView.bounds(plan);
    }

    private static String gate(Gate gate) {
        return "healthy for " + Units.setting(gate.getStableMs()) + ", may fail for " + Units.setting(gate.getRetryMs())
                + ", probed every " + Units.setting(gate.getEveryMs()) + ", first after "
                + Units.setting(gate.getWaitMs());
    }

    private static String planned(Plan plan) {
        String by = plan.getCreatedBy().isEmpty() ? "" : " by " + plan.getCreatedBy();
        return plan.hasCreatedAt() ? Times.full(plan.getCreatedAt()) + by : by.strip();
    }

    /** BACK: whether one can still go back when the batch is done; a coordinator from before does not say. */
    private static Table batches(Plan plan, Hop hop) {
        boolean back = plan.getBatchesList().stream()
                .anyMatch(batch -> !batch.getReversibility().isEmpty());
        Table table = back
                ? Table.of(
                        Column.right("#"),
                        Column.left("BATCH"),
                        Column.left("NODE"),
                        Column.right("ESTIMATE"),
                        Column.left("BACK"),
                        Column.folded("PHASES", 20))
                : Table.of(
                        Column.right("#"),
                        Column.left("BATCH"),
                        Column.left("NODE"),
                        Column.right("ESTIMATE"),
                        Column.folded("PHASES", 20));
        int number = hop.getFirstBatch();
        for (Batch batch : plan.getBatchesList().subList(number, number + hop.getBatches())) {
            number++;
            boolean first = true;
            for (Lane lane : batch.getLanesList()) {
                Cell title = first ? Cell.of(batch.getTitle()) : Cell.EMPTY;
                Cell estimate = Cell.of(
                        lane.getEstimateMs() == 0 ? "?" : Units.elapsed(Duration.ofMillis(lane.getEstimateMs())));
                Cell phases = Cell.of(String.join(" ", lane.getPhasesList()));
                Cell count = first ? Cell.of(number) : Cell.EMPTY;
                Cell node = Cell.of(lane.getNode());
                if (back) {
                    table.row(count, title, node, estimate, first ? back(batch) : Cell.EMPTY, phases);
                } else {
                    table.row(count, title, node, estimate, phases);
                }
                first = false;
            }
        }
        return table;
    }

    private static Cell back(Batch batch) {
        return switch (batch.getReversibility()) {
            case "reversible" -> Cell.of("yes");
            case "with-restore" -> Cell.of("restore", Tone.WARN);
            default -> Cell.of("no", Tone.WARN);
        };
    }
}

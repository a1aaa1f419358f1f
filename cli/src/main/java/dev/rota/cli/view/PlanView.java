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
import dev.rota.wire.operator.v1.Gate;
import dev.rota.wire.operator.v1.Lane;
import dev.rota.wire.operator.v1.ManualStep;
import dev.rota.wire.operator.v1.Plan;
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
        Text text = new Text(page)
                .line(page.paint(Tone.STRONG, "plan " + Ids.shown(plan.getId())))
                .field("cluster", RolloutView.cluster(plan.getCluster(), plan.getProduct()))
                .field(
                        "path",
                        String.join(
                                " -> ",
                                plan.getPathList().isEmpty()
                                        ? List.of(plan.getFrom(), plan.getTo())
                                        : plan.getPathList()))
                .field("mode", plan.getMode(), plan.getMode().equals("soft") ? Tone.GOOD : Tone.WARN)
                .field("strategy", strategy(plan))
                .field("limits", limits(plan))
                .field("gate", gate(plan.getGate()))
                .field("artifact", plan.getArtifactSha256())
                .field("recipe", plan.getRecipeDigest())
                .field("migrations", String.join(" ", plan.getMigrationsList()))
                .field("assumed", assumed(plan))
                .field("override", plan.getOverride())
                .field("planned", planned(plan));
        text.heading("Decision (>> marks the rule that decided)");
        plan.getReasonsList().forEach(reason -> ReasonView.add(reason, text));
        byHand(plan, text);
        if (explain) {
            findings(plan, text);
        } else if (plan.getFindingsCount() > 0) {
            text.heading("Notes: " + plan.getFindingsCount() + " findings; --explain shows them");
        }
        if (plan.getBatchesCount() == 0) {
            text.heading("Work: nothing to do");
        } else {
            text.heading("Work, one batch after the other").table(2, batches(plan));
        }
        return text.heading("Apply it with")
                .line("  rota apply " + Ids.shown(plan.getId()) + " --wait")
                .toString();
    }

    private static void byHand(Plan plan, Text text) {
        if (plan.getManualCount() == 0) {
            return;
        }
        text.heading("By hand; the rollout waits until each is confirmed");
        for (ManualStep step : plan.getManualList()) {
            String when = step.getWhen().equals("after") ? "after the last node" : "before the first node";
            text.line(Words.printable(step.getId()) + ", " + when);
            text.paragraph(5, Words.printable(step.getTitle()));
            step.getLinesList().forEach(line -> text.line("     | " + Words.printable(line)));
            if (step.hasCited()) {
                text.paragraph(5, ReasonView.place(step.getCited()));
            }
        }
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

    private static String strategy(Plan plan) {
        return switch (plan.getStrategy()) {
            case "" -> "node by node, the service stays up";
            case "stop-all" -> "stop-all: every node stops, all change, every node starts";
            case "shrink" -> "shrink: all nodes but one leave, the last one is upgraded, the others join it";
            default -> plan.getStrategy();
        };
    }

    /** A full stop takes all nodes out. */
    private static String limits(Plan plan) {
        if (plan.getMode().equals("full-stop")) {
            return "";
        }
        return "at most " + nodes(plan.getMaxUnavailable()) + " out of service, at least " + nodes(plan.getMinServing())
                + " serving";
    }

    private static String nodes(int count) {
        return count + (count == 1 ? " node" : " nodes");
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

    private static Table batches(Plan plan) {
        Table table =
                Table.of(Column.right("#"), Column.left("BATCH"), Column.left("NODE"), Column.folded("PHASES", 20));
        int number = 0;
        for (Batch batch : plan.getBatchesList()) {
            number++;
            boolean first = true;
            for (Lane lane : batch.getLanesList()) {
                table.row(
                        first ? Cell.of(number) : Cell.EMPTY,
                        first ? Cell.of(batch.getTitle()) : Cell.EMPTY,
                        Cell.of(lane.getNode()),
                        Cell.of(String.join(" ", lane.getPhasesList())));
                first = false;
            }
        }
        return table;
    }
}

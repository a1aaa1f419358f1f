package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Batch;
import dev.rota.wire.operator.v1.Hop;
import dev.rota.wire.operator.v1.Lane;
import dev.rota.wire.operator.v1.Limit;
import dev.rota.wire.operator.v1.Place;
import dev.rota.wire.operator.v1.Plan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How the nodes of a plan take their turns: how many at once, in which order and why, where it pauses, and when it stops. */
final class TurnsView {
    private TurnsView() {}

    /** The bounds, as numbers, with the percentage that was asked for beside them; a full stop takes all nodes out. */
    static String bounds(Plan plan) {
        return "at most " + nodes(plan.getMaxUnavailable()) + " out of service at once"
                + asked(plan.getMaxUnavailableAsked()) + ", at least " + nodes(plan.getMinServing()) + " serving"
                + asked(plan.getMinServingAsked());
    }

    private static String asked(String percent) {
        return percent.isEmpty() ? "" : " (" + percent + ")";
    }

    private static String nodes(int count) {
        return count + (count == 1 ? " node" : " nodes");
    }

    /** What the first failure leads to. */
    static String failure(Plan plan) {
        int retries = plan.getFailure().getRetries();
        String again = retries == 0
                ? ""
                : "; before that, a step that failed for a passing reason is tried "
                        + (retries == 1 ? "once more" : "up to " + retries + " times more");
        String beside = sideBySide(plan)
                ? "; nodes side by side with it that have left or are stopped go on until they serve, the others wait"
                : "";
        return switch (plan.getFailure().getThen()) {
            case "rollback-node" -> "stops after the 1st failure: the turn of the node is taken back" + again + beside;
            case "rollback-all" ->
                "stops after the 1st failure: the turn of the node is taken back, and all upgraded nodes after it"
                        + again + beside;
            default -> "stops after the 1st failure: the rollout is held for a person" + again + beside;
        };
    }

    private static boolean sideBySide(Plan plan) {
        return plan.getOrderList().stream().anyMatch(p -> p.getWhy().equals("side-by-side"));
    }

    /** Where the rollout pauses by itself. */
    static String pauses(Plan plan) {
        if (plan.getPausesBeforeCount() == 0) {
            return "";
        }
        Set<String> canaries = new LinkedHashSet<>();
        plan.getOrderList().stream().filter(p -> p.getWhy().equals("canary")).forEach(p -> canaries.add(p.getNode()));
        return "after the " + (canaries.size() == 1 ? "canary " : "canaries ") + String.join(", ", canaries)
                + (plan.getPausesBeforeCount() > 1 ? ", in every hop" : "") + "; 'rota rollouts resume' goes on";
    }

    /** Why each node of a hop stands where it does. */
    static void addOrder(Plan plan, Hop hop, Text text) {
        int from = hop.getFirstBatch();
        int to = from + hop.getBatches();
        List<Place> own = plan.getOrderList().stream()
                .filter(p -> p.getBatch() >= from && p.getBatch() < to)
                .toList();
        if (own.isEmpty()) {
            List<String> nodes = plan.getBatchesList().subList(from, to).stream()
                    .flatMap(b -> turns(b).stream())
                    .toList();
            if (nodes.size() > 1) {
                text.heading("Order: as in the configuration");
            }
            return;
        }
        Table table = Table.of(Column.right("#"), Column.left("NODE"), Column.folded("WHY IT STANDS THERE", 20));
        own.forEach(p ->
                table.row(Cell.of(p.getBatch() + 1), Cell.of(p.getNode()), Cell.of(Words.printable(p.getSentence()))));
        text.heading("Order (# is the batch)").table(2, table);
    }

    private static List<String> turns(Batch batch) {
        return batch.getLanesList().stream()
                .filter(l ->
                        l.getPhasesList().contains("stop") || l.getPhasesList().contains("install"))
                .map(Lane::getNode)
                .toList();
    }

    /** Every time-out and limit. */
    static void addLimits(Plan plan, Text text) {
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
}

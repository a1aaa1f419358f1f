package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Hop;
import dev.rota.wire.operator.v1.Lane;
import dev.rota.wire.operator.v1.Place;
import dev.rota.wire.operator.v1.Plan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How the nodes of a plan take their turns: how many at once, in which order and why, where it pauses, and when it stops. */
final class TurnsView {
    /** Whatever the policy: a failure that no retry has healed stops the rollout. */
    static final String STOPS = "will stop after the 1st failure";

    private TurnsView() {}

    /** The bounds, as numbers, with the percentage that was asked for beside them. */
    static String bounds(Plan plan) {
        return "at most " + nodes(plan.getMaxUnavailable()) + " out of service"
                + asked(plan.getMaxUnavailableAsked()) + ", at least " + nodes(plan.getMinServing()) + " serving"
                + asked(plan.getMinServingAsked());
    }

    private static String asked(String percent) {
        return percent.isEmpty() ? "" : " (" + Words.printable(percent) + ")";
    }

    private static String nodes(int count) {
        return count + (count == 1 ? " node" : " nodes");
    }

    /** What becomes of the nodes whose turn is under way beside the one that fails. */
    static String beside(Plan plan) {
        return plan.getOrderList().stream().anyMatch(p -> p.getWhy().equals("side-by-side"))
                ? "; nodes beside it that have left or are stopped come back first, the others wait"
                : "";
    }

    /** Where the rollout pauses by itself. */
    static String pauses(Plan plan) {
        if (plan.getPausesBeforeCount() == 0) {
            return "";
        }
        Set<String> canaries = new LinkedHashSet<>();
        plan.getOrderList().stream().filter(p -> p.getWhy().equals("canary")).forEach(p -> canaries.add(p.getNode()));
        return "after the " + (canaries.size() == 1 ? "canary " : "canaries ")
                + Words.printable(String.join(", ", canaries))
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
            long nodes = plan.getBatchesList().subList(from, to).stream()
                    .flatMap(b -> b.getLanesList().stream())
                    .map(Lane::getNode)
                    .distinct()
                    .count();
            if (nodes > 1 && plan.getRollbackOf().isEmpty()) {
                text.heading("Order: as in the configuration");
            }
            return;
        }
        Table table = Table.of(Column.right("#"), Column.left("NODE"), Column.folded("WHY IT STANDS THERE", 20));
        own.forEach(p ->
                table.row(Cell.of(p.getBatch() + 1), Cell.of(p.getNode()), Cell.of(Words.printable(p.getSentence()))));
        text.heading("Order (# is the batch)").table(2, table);
    }
}

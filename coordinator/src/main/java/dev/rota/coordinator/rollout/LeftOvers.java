package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What rollouts that have ended left over keeps new ones from beginning. */
public final class LeftOvers {
    /** The code of the refusal. */
    public static final String CODE = "LEFT_OVER";

    /** The code of the refusal to deal with what is not left over. */
    public static final String UNKNOWN = "NO_PROBLEM";

    private LeftOvers() {}

    /**
     * Why the plan cannot be carried out now. Nodes that clients may not reach count against what a soft upgrade may take out of service,
     * so they come back first; a full stop stops and proves all of them anyway, and a way back does so with those it takes back, as long as
     * no more of them are out than may be.
     */
    public static Optional<String> refusal(CoordinatorState s, Plan plan) {
        List<Compensation> out = s.clusterFacts().leftOver(plan.cluster()).stream()
                .filter(c -> Compensation.TAKES_OUT.contains(c.phase()))
                .filter(c -> plan.members().stream().anyMatch(m -> m.node().equals(c.node())))
                .toList();
        if (out.isEmpty() || plan.repair() || plan.mode() != Mode.SOFT || takesBack(plan, out)) {
            return Optional.empty();
        }
        String what = out.stream().map(Compensation::sentence).collect(Collectors.joining("; "));
        return Optional.of("an earlier rollout of " + plan.cluster() + " was not undone: " + what + ". 'rota doctor "
                + plan.cluster() + "' shows it, and with --fix brings back what may be brought back");
    }

    private static boolean takesBack(Plan plan, List<Compensation> out) {
        List<String> nodes = out.stream().map(Compensation::node).distinct().toList();
        return plan.takesBack().isPresent()
                && nodes.size() <= plan.maxUnavailable()
                && nodes.stream()
                        .allMatch(n -> plan.batches().stream()
                                .flatMap(b -> b.lane(n).stream())
                                .flatMap(l -> l.steps().stream())
                                .anyMatch(step -> step.phase() == Phase.START));
    }
}

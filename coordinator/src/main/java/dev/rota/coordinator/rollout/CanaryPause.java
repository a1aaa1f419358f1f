package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pause that a plan makes once its canaries are done: a person looks at them, and has the rollout go on.
 *
 * @param canaries that have had their turn, in its order
 */
public record CanaryPause(Instant since, List<String> canaries) {
    /** The code of a rollout that waits for a person to look at its canaries. */
    public static final String CODE = "PAUSED_AFTER_CANARY";

    /** Copies the list. */
    public CanaryPause {
        canaries = List.copyOf(canaries);
    }

    /** The pause the rollout is in, if its plan has one here and nobody has asked for another one. */
    public static Optional<CanaryPause> of(RolloutState s) {
        return s.status() instanceof RolloutStatus.Paused p && p.by().equals(RolloutStatus.Paused.BY_PLAN)
                ? Optional.of(
                        new CanaryPause(p.at(), s.plan().policy().turns().canaries(hop(s).firstBatch(), s.batch())))
                : Optional.empty();
    }

    /** The one whose canaries were the last to have their turn. */
    private static PlannedHop hop(RolloutState s) {
        return s.plan().hopOf(s.batch() - 1);
    }

    /** What it waits for. */
    public String sentence() {
        return (canaries.size() == 1 ? "the canary " : "the canaries ") + String.join(", ", canaries)
                + (canaries.size() == 1 ? " has had its turn" : " have had their turns")
                + ", and the plan pauses here: look whether all is well, then go on or end it";
    }

    /** What is known about the canaries, and who comes after them. */
    public List<String> evidence(RolloutState s) {
        List<String> lines = new ArrayList<>();
        canaries.forEach(n -> lines.add(s.history().stream()
                .filter(r -> r.node().equals(n) && r.gate().equals(Optional.of(GatePurpose.VERIFY)))
                .reduce((a, b) -> b)
                .map(r -> n + " runs " + hop(s).to() + " and has been healthy since " + r.finishedAt())
                .orElse(n + " stayed as it was")));
        List<String> rest = s.plan().batches().subList(s.batch(), s.plan().endOf(hop(s))).stream()
                .flatMap(b -> b.lanes().stream())
                .filter(l -> l.steps().stream().anyMatch(p -> p.phase() == Phase.VERIFY))
                .map(Plan.Lane::node)
                .toList();
        if (!rest.isEmpty()) {
            lines.add("next: " + String.join(", ", rest));
        }
        return lines;
    }

    /** What ending the rollout here would mean. */
    static String abortEffect(RolloutState s) {
        return of(s).isEmpty()
                ? "end the rollout here; every node is in service"
                : "end the rollout here; every node is in service, and 'rota plan "
                        + s.plan().cluster() + " --rollback-of " + s.id() + "' takes the canaries back";
    }
}

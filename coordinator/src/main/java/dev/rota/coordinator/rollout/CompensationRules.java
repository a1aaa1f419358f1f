package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.rollout.NodeState.Working;
import dev.rota.coordinator.rollout.SafetyRules.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rule 12: a side effect is on record before it is caused, and stays there until it is undone. */
final class CompensationRules {
    private CompensationRules() {}

    static Optional<Violation> recordedBefore(RolloutState before, RolloutState after) {
        for (Map.Entry<String, NodeState> e : after.nodes().entrySet()) {
            String node = e.getKey();
            if (e.getValue() instanceof Working w
                    && !e.getValue().equals(before.node(node))
                    && !Outstanding.undoes(after, node, w.step())
                    && Compensations.undone(after, node, w.phase())
                    && !Compensations.open(after, node, w.phase())) {
                return Optional.of(new Violation(
                        12,
                        node,
                        w.phase(),
                        "rule 12: " + w.phase().label() + " of " + node + " would begin without being on record"));
            }
        }
        return Optional.empty();
    }

    static Optional<Violation> dischargedByItsUndo(RolloutState before, RolloutState after) {
        List<StepRecord> now =
                after.history().subList(before.history().size(), after.history().size());
        List<Compensation> gone = new ArrayList<>(before.compensations());
        gone.removeAll(after.compensations());
        return gone.stream()
                .filter(c -> now.stream().noneMatch(r -> undoes(r, c)))
                .findFirst()
                .map(c -> new Violation(
                        12, c.node(), c.phase(), "rule 12: " + c.id() + " would be forgotten, and nothing undid it"));
    }

    private static boolean undoes(StepRecord r, Compensation c) {
        if (!r.node().equals(c.node()) || r.outcome() != Outcome.DONE) {
            return false;
        }
        return r.gate().isPresent()
                ? r.gate().get() == GatePurpose.VERIFY
                : r.undo() ? r.phase() == c.phase() : r.phase() == Phase.UNDRAIN && c.phase() == Phase.DRAIN;
    }
}

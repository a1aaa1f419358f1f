package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A rollout that should have moved by its own deadlines and has not. No person is asked for anything, so that nobody would look: it is an
 * alarm.
 *
 * @param since when it should have moved at the latest
 * @param node the node that should have
 * @param subject what should have ended, for an operator
 */
public record Stall(Instant since, Optional<String> node, Optional<Phase> phase, String subject) {
    /** The code of a rollout that does not move. */
    public static final String CODE = "STALLED";

    /** How long a rollout may stand still beyond its own deadlines before that is an alarm: a change of leader takes less. */
    public static final Duration BOUND = Duration.ofMinutes(5);

    /** What stands still in this state; empty while it moves, or waits for a person, or has ended. */
    public static Optional<Stall> of(RolloutState s, Instant now) {
        boolean moves = s.status() instanceof RolloutStatus.Running || s.status() instanceof RolloutStatus.Stopping;
        if (!moves) {
            return Optional.empty();
        }
        Optional<Stall> busy = s.nodes().entrySet().stream()
                .flatMap(e -> due(s, e.getKey(), e.getValue()).stream())
                .min(Comparator.comparing(Stall::since));
        return busy.or(() -> Optional.of(
                        new Stall(lastChange(s), Optional.empty(), Optional.empty(), "the next step of the rollout")))
                .filter(d -> now.isAfter(d.since().plus(BOUND)));
    }

    private static Optional<Stall> due(RolloutState s, String node, NodeState state) {
        if (state instanceof NodeState.Working w) {
            return Optional.of(new Stall(
                    w.deadline(),
                    Optional.of(node),
                    Optional.of(w.phase()),
                    w.phase().label() + " of " + node + ", which the agent of " + w.executor() + " carries out"));
        }
        if (state instanceof NodeState.Retrying r) {
            return Optional.of(new Stall(
                    r.until(),
                    Optional.of(node),
                    Optional.of(r.phase()),
                    "the pause before " + r.phase().label() + " of " + node + " is tried again"));
        }
        return state instanceof NodeState.Gating g
                ? Optional.of(new Stall(
                        g.since().plus(longest(s.plan(), g.purpose())),
                        Optional.of(node),
                        Optional.of(g.phase()),
                        "the " + g.purpose().label() + " gate of " + node))
                : Optional.empty();
    }

    /** From its beginning to its end, if it fails as long as it may first and then holds without a break. */
    private static Duration longest(Plan plan, GatePurpose purpose) {
        Duration whole = GateLimits.longestFailure(plan, purpose).plus(GateLimits.stable(plan, purpose));
        return purpose == GatePurpose.VERIFY ? plan.gate().initial().plus(whole) : whole;
    }

    private static Instant lastChange(RolloutState s) {
        return Stream.concat(Stream.of(s.startedAt()), s.history().stream().map(StepRecord::finishedAt))
                .max(Comparator.naturalOrder())
                .orElse(s.startedAt());
    }

    /** What probably keeps it; {@code connected} tells whether a node's agent is connected now. */
    public String cause(RolloutState s, Predicate<String> connected) {
        TreeSet<String> silent = new TreeSet<>(s.nodes().keySet());
        silent.removeIf(connected);
        NodeState state = node.map(s.nodes()::get).orElse(new NodeState.Waiting());
        if (state instanceof NodeState.Gating g && silent.isEmpty()) {
            return g.evidence().isEmpty()
                    ? "its result changes again and again, so that it neither holds nor fails for long enough"
                    : "it fails, but not without a break: " + g.evidence().get(0);
        }
        if (!silent.isEmpty()) {
            return "silent agents: " + String.join(", ", silent)
                    + "; 'rota-agent check' on the node says what is wrong";
        }
        return "nothing is committed any more: the journal refuses entries or no coordinator leads;"
                + " 'rota coordinators list' and the coordinator's log say which";
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.coordinator.rollout.NodeState.Gating;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node that nothing but blockers keeps in service.
 *
 * @param since when they began to
 * @param until when the rollout is held if they still do
 * @param said one line a blocker
 */
public record Blocked(String node, Instant since, Instant until, List<String> said) {
    /** The code while they block, and of the hold that comes of it. */
    public static final String CODE = Problem.Code.BLOCKED.name();

    /** Copies the list. */
    public Blocked {
        said = List.copyOf(said);
    }

    /** Of a rollout; empty while no node is blocked, or a person is asked for something. */
    public static Optional<Blocked> of(RolloutState s) {
        boolean moves = s.status() instanceof RolloutStatus.Running || s.status() instanceof RolloutStatus.Stopping;
        return s.nodes().entrySet().stream()
                .filter(e -> moves && e.getValue() instanceof Gating)
                .flatMap(e -> of(s, e).stream())
                .findFirst();
    }

    private static Optional<Blocked> of(RolloutState s, Map.Entry<String, NodeState> e) {
        return of(s, e.getKey(), (Gating) e.getValue());
    }

    static Optional<Blocked> of(RolloutState s, String node, Gating g) {
        boolean blocked = g.passingSince().isEmpty()
                && !g.evidence().isEmpty()
                && g.trace().sickSince().isEmpty()
                && !s.plan().oversight().blockers().isEmpty();
        return blocked
                ? Optional.of(new Blocked(
                        node,
                        g.failingSince(),
                        g.failingSince().plus(s.plan().oversight().blockedLimit()),
                        g.evidence()))
                : Optional.empty();
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.Known;
import java.time.Instant;
import java.util.List;

/**
 * What was seen of a rollout from outside its steps.
 *
 * @param known what was broken when it began
 */
public record Overseen(ProbeLog probe, List<Known> known) {
    /** Copies the list. */
    public Overseen {
        known = List.copyOf(known);
    }

    /** At the beginning of a rollout. */
    static Overseen begin(Instant at, List<Known> known) {
        boolean down = known.stream().anyMatch(k -> k.code().equals(Known.PROBE_FAILS));
        return new Overseen(ProbeLog.begin(at, down), known);
    }

    /** Of a rollout that began then, and that nothing was seen of. */
    public static Overseen nothing(Instant at) {
        return begin(at, List.of());
    }

    Overseen with(ProbeLog log) {
        return new Overseen(log, known);
    }

    /** Whether that was broken when the rollout began. */
    boolean known(String node, Problem.Code code) {
        return known.stream().anyMatch(k -> k.node().equals(node) && k.code().equals(code.name()));
    }
}

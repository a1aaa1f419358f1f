package dev.rota.coordinator.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a gate came to where it is.
 *
 * @param flips how often it went from holding to not holding or back; many mean that something flaps
 * @param changes the last results that differed from the one before, oldest first, at most {@value #KEPT}
 * @param sickSince since when something other than a blocker keeps it from holding, without a break
 */
public record GateTrace(int flips, List<Change> changes, Optional<Instant> sickSince) {
    /** So many changes are kept. */
    public static final int KEPT = 8;

    /** So many problems of each are kept. */
    private static final int PROBLEMS = 10;

    /** Copies the list. */
    public GateTrace {
        changes = List.copyOf(changes);
    }

    /**
     * A result that differed from the one before.
     *
     * @param problems what kept it from holding, one line each; none: it held
     */
    public record Change(Instant at, List<String> problems) {
        /** Copies the list. */
        public Change {
            problems = List.copyOf(problems);
        }

        /** Whether the gate held. */
        public boolean holds() {
            return problems.isEmpty();
        }
    }

    /** Before the first look. */
    public static GateTrace none() {
        return new GateTrace(0, List.of(), Optional.empty());
    }

    /** With the result of a look. */
    GateTrace and(Instant at, List<Problem> problems) {
        List<String> lines =
                problems.stream().limit(PROBLEMS).map(Problem::sentence).toList();
        boolean sick = problems.stream().anyMatch(p -> p.code() != Problem.Code.BLOCKED);
        Optional<Instant> since = sick ? sickSince.or(() -> Optional.of(at)) : Optional.empty();
        if (!changes.isEmpty() && changes.get(changes.size() - 1).problems().equals(lines)) {
            return new GateTrace(flips, changes, since);
        }
        boolean flip = !changes.isEmpty() && changes.get(changes.size() - 1).holds() != lines.isEmpty();
        List<Change> last = new ArrayList<>(changes);
        last.add(new Change(at, lines));
        return new GateTrace(
                flip ? flips + 1 : flips, last.subList(Math.max(0, last.size() - KEPT), last.size()), since);
    }
}

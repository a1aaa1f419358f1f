package dev.rota.coordinator.notes;

import java.util.List;
import java.util.Optional;

/**
 * What the notes say about a hop.
 *
 * @param reasons all that was looked at, the decisive one first
 */
public record NotesVerdict(Outcome outcome, List<Reason> reasons) {
    /** Copies the reasons. */
    public NotesVerdict {
        reasons = List.copyOf(reasons);
    }

    /** The answer. */
    public enum Outcome {
        /** A statement allows a soft upgrade and none forbids it. */
        SOFT("soft"),
        /** A statement forbids it. */
        FULL_STOP("full-stop"),
        /** It depends on something unknown, or the notes contradict themselves or cannot be read: counts as a ban. */
        UNCLEAR("unclear"),
        /** The notes say nothing about it. */
        SILENT("silent");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** The word in reports. */
        public String label() {
            return label;
        }
    }

    /**
     * One reason.
     *
     * @param decided this made the outcome what it is
     * @param finding the lines, when there are any
     */
    public record Reason(String sentence, boolean decided, Optional<Finding> finding) {}

    /** The code of the decision table: {@code NOTES_BAN}, {@code NOTES_UNCLEAR}, or nothing when the notes do not decide. */
    public Optional<String> code() {
        return switch (outcome) {
            case FULL_STOP -> Optional.of("NOTES_BAN");
            case UNCLEAR -> Optional.of("NOTES_UNCLEAR");
            case SOFT, SILENT -> Optional.empty();
        };
    }

    /** Whether a soft upgrade is out of the question. */
    public boolean forbidsSoft() {
        return outcome == Outcome.FULL_STOP || outcome == Outcome.UNCLEAR;
    }

    /** The finding that decided, or the best evidence there is. */
    public Optional<Finding> evidence() {
        return reasons.stream().flatMap(r -> r.finding().stream()).findFirst();
    }
}

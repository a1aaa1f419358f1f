package dev.rota.coordinator.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the nodes take their turns.
 *
 * @param order why nodes stand where they stand, in the order of their turns; empty where all is by the configuration
 * @param pausesBefore batches before which the rollout pauses by itself
 * @param maxUnavailableAsked how the operator wrote the bound, such as {@code 30%}; empty where it was a number
 * @param minServingAsked likewise
 * @param mixedLimit how long two versions may run side by side until there is an alarm
 */
public record Turns(
        List<Place> order,
        List<Integer> pausesBefore,
        String maxUnavailableAsked,
        String minServingAsked,
        Duration mixedLimit) {
    /** How long two versions may run side by side where the operator does not say it: a working day, and the night before it. */
    public static final Duration MIXED_LIMIT = Duration.ofHours(24);

    /** One after the other as the configuration has them. */
    public static final Turns PLAIN = new Turns(List.of(), List.of(), "", "", MIXED_LIMIT);

    /** Copies the lists. */
    public Turns {
        order = List.copyOf(order);
        pausesBefore = List.copyOf(pausesBefore);
    }

    /**
     * Where a node stands, and why.
     *
     * @param batch its turn in the plan
     */
    public record Place(int batch, String node, Why why, String sentence) {}

    /** What gives a node its place. */
    public enum Why {
        /** It does not serve: nothing is lost by taking it first. */
        UNREADY("unready"),
        /** The operator wants it to go ahead of the rest. */
        CANARY("canary"),
        /** It goes side by side with others of its failure domain. */
        SIDE_BY_SIDE("side-by-side"),
        /** The order of the configuration. */
        CONFIGURATION("configuration"),
        /** It leads the others, so it goes last. */
        MASTER("master");

        private final String label;

        Why(String label) {
            this.label = label;
        }

        /** The word in plans. */
        public String label() {
            return label;
        }

        /** The one with that word. */
        public static Optional<Why> of(String label) {
            for (Why w : values()) {
                if (w.label.equals(label)) {
                    return Optional.of(w);
                }
            }
            return Optional.empty();
        }
    }
}

package dev.rota.coordinator.domain;

import java.util.List;
import java.util.Optional;

/**
 * How the nodes take their turns.
 *
 * @param order why nodes stand where they stand, in the order of their turns; empty where all is by the configuration
 * @param pausesBefore batches before which the rollout pauses by itself
 * @param maxUnavailableAsked how the operator wrote the bound, such as {@code 30%}; empty where it was a number
 * @param minServingAsked likewise
 */
public record Turns(List<Place> order, List<Integer> pausesBefore, String maxUnavailableAsked, String minServingAsked) {
    /** One after the other as the configuration has them. */
    public static final Turns PLAIN = new Turns(List.of(), List.of(), "", "");

    /** Copies the lists. */
    public Turns {
        order = List.copyOf(order);
        pausesBefore = List.copyOf(pausesBefore);
    }

    /** The canaries whose turn comes before this batch and not before the other one, in the order of their turns. */
    public List<String> canaries(int firstBatch, int before) {
        return order.stream()
                .filter(p -> p.why() == Why.CANARY && p.batch() >= firstBatch && p.batch() < before)
                .map(Place::node)
                .toList();
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
        /** Its zone is finished before the next one begins. */
        ZONE("zone"),
        /** The order of the configuration. */
        CONFIGURATION("configuration"),
        /** It leads the others, so it goes last. */
        MASTER("master"),
        /** What was upgraded last goes back first. */
        REVERSE("reverse");

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

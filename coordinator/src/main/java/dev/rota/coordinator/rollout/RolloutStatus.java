package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of a rollout as a whole. */
public sealed interface RolloutStatus {
    /** The word on the command line and in reports. */
    String label();

    /** When it ended; empty while it has not. */
    default Optional<Instant> endedAt() {
        return Optional.empty();
    }

    /** Nothing more will happen. */
    default boolean ended() {
        return endedAt().isPresent();
    }

    /** Since when a person lets it wait; empty while nobody does. */
    default Optional<Instant> waitsSince() {
        return Optional.empty();
    }

    /** Steps are started as soon as their turn comes. */
    record Running() implements RolloutStatus {
        @Override
        public String label() {
            return "running";
        }
    }

    /** An operator asked to pause or abort; the current turn goes on to the next safe point. */
    record Stopping(boolean abort, String by, Instant at) implements RolloutStatus {
        @Override
        public String label() {
            return abort ? "aborting" : "pausing";
        }
    }

    /**
     * Paused at a safe point.
     *
     * @param by the operator who asked for it, or {@value #BY_PLAN}
     */
    record Paused(String by, Instant at) implements RolloutStatus {
        /** Who it is when the plan has a pause there. */
        public static final String BY_PLAN = "the plan";

        @Override
        public String label() {
            return "paused";
        }

        @Override
        public Optional<Instant> waitsSince() {
            return Optional.of(at);
        }
    }

    /**
     * Waits for a person.
     *
     * @param code stable word
     * @param evidence oldest first
     */
    record Held(String code, String node, Phase phase, String sentence, List<String> evidence, Instant since)
            implements RolloutStatus {
        /** Copies the evidence. */
        public Held {
            evidence = List.copyOf(evidence);
        }

        @Override
        public String label() {
            return "held";
        }

        @Override
        public Optional<Instant> waitsSince() {
            return Optional.of(since);
        }
    }

    /**
     * Waits for a person to confirm what only a person can do.
     *
     * @param open the manual steps that are not confirmed, by id
     */
    record Unconfirmed(List<String> open, Instant since) implements RolloutStatus {
        /** Copies the list. */
        public Unconfirmed {
            open = List.copyOf(open);
        }

        @Override
        public String label() {
            return "held";
        }

        @Override
        public Optional<Instant> waitsSince() {
            return Optional.of(since);
        }
    }

    /** Every batch is done. */
    record Succeeded(Instant at) implements RolloutStatus {
        @Override
        public String label() {
            return "succeeded";
        }

        @Override
        public Optional<Instant> endedAt() {
            return Optional.of(at);
        }
    }

    /** Stopped by an operator before the end. */
    record Aborted(String by, Instant at) implements RolloutStatus {
        @Override
        public String label() {
            return "aborted";
        }

        @Override
        public Optional<Instant> endedAt() {
            return Optional.of(at);
        }
    }

    /**
     * Ended after the turn of at least one node was taken back to the release before.
     *
     * @param by the operator who asked for it, or {@value #BY_POLICY}
     * @param all the nodes that were upgraded before went back as well, but those for which there is no way
     */
    record RolledBack(String by, Instant at, boolean all) implements RolloutStatus {
        /** Who it is when nobody asked. */
        public static final String BY_POLICY = "policy";

        @Override
        public String label() {
            return "rolled-back";
        }

        @Override
        public Optional<Instant> endedAt() {
            return Optional.of(at);
        }
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of a rollout as a whole. */
public sealed interface RolloutStatus {
    /** The word on the command line and in reports. */
    String label();

    /** Nothing more will happen. */
    default boolean ended() {
        return false;
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

    /** Paused at a safe point. */
    record Paused(String by, Instant at) implements RolloutStatus {
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
        public boolean ended() {
            return true;
        }
    }

    /** Stopped by an operator before the end. */
    record Aborted(String by, Instant at) implements RolloutStatus {
        @Override
        public String label() {
            return "aborted";
        }

        @Override
        public boolean ended() {
            return true;
        }
    }
}

package dev.rota.coordinator.domain;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An agent's answer to a step.
 *
 * @param code machine-readable cause when not done
 * @param message one sentence for an operator
 * @param outputTail the last part of what the commands printed
 * @param tookMs from start to end on the agent
 * @param commandMs inside the product's own commands
 * @param waitMs until the product had reached the state that was asked for
 * @param facts what the step found, by name
 */
public record StepReport(
        Outcome outcome,
        String code,
        String message,
        String failedAction,
        String outputTail,
        long tookMs,
        long commandMs,
        long waitMs,
        SortedMap<String, String> facts) {
    /** Copies the facts. */
    public StepReport {
        facts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** How a step ended. */
    public enum Outcome {
        DONE("done"),
        FAILED("failed"),
        TIMED_OUT("timed-out"),
        REFUSED("refused");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** The word on the command line and in reports. */
        public String label() {
            return label;
        }
    }
}

package dev.rota.coordinator.domain;

import java.time.Duration;

/**
 * The outside probe of a cluster.
 *
 * @param what is asked, in one line; two probes that ask the same have the same line
 * @param every time from the beginning of one probe to that of the next, at least 200 ms
 * @param timeout a probe without an answer by then has failed
 */
public record ProbePlan(String what, Duration every, Duration timeout) {
    /** A longer time without any probe is not watched: between two probes at most one was to come and did not. */
    public Duration hole() {
        return every.multipliedBy(2).plus(timeout);
    }

    /** A result older than this says nothing about now. */
    public Duration fresh() {
        return every.multipliedBy(2);
    }
}

package dev.rota.load.api;

import java.util.Map;

/**
 * What the API clients counted.
 *
 * @param requests calls that were made
 * @param failedRequests calls without the right answer
 * @param wrongAnswers how many of these were answered, but wrongly
 * @param maxGapMs longest time between two calls that ended well
 * @param downtimeMs time between calls that ended well and had failures between them, added up
 * @param maxLatencyMs longest call that ended well
 * @param failures how often each kind of failure was met, for a person
 */
public record ApiFigures(
        long requests,
        long failedRequests,
        long wrongAnswers,
        long maxGapMs,
        long downtimeMs,
        long maxLatencyMs,
        Map<String, Integer> failures) {
    /** Copies the map. */
    public ApiFigures {
        failures = Map.copyOf(failures);
    }
}

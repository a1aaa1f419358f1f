package dev.rota.demo;

/**
 * What the clients counted.
 *
 * @param requests requests that were sent and answered or failed
 * @param failedRequests requests without a good answer, and answers with a wrong value
 * @param lostWrites accepted writes that cannot be read at the end
 * @param maxGapMs longest time between two successes
 */
public record LoadFigures(long requests, long failedRequests, long lostWrites, long maxGapMs) {}

package dev.rota.agent.step;

import java.time.Instant;
import java.util.Map;

/** What can happen to a step. */
public sealed interface JobEvent {
    /**
     * The action's {@code unless} holds.
     *
     * @param askedMs how long the product took to answer
     */
    record AlreadyDone(long askedMs) implements JobEvent {}

    /**
     * The action's work is about to be started.
     *
     * @param askedMs how long the product took to answer that it is not done already
     */
    record Begin(Instant at, String bootId, long askedMs) implements JobEvent {}

    /** The work ended well. */
    record WorkEnded(Instant at, long spentMs, Map<String, String> facts) implements JobEvent {}

    /** After a restart: what had been started is gone, or its kind of work cannot be picked up again. */
    record Lost() implements JobEvent {}

    /** The action's {@code until} holds. */
    record Proven(Instant at) implements JobEvent {}

    /** The action, or the step as a whole, has failed. */
    record Fail(Verdict verdict) implements JobEvent {}
}

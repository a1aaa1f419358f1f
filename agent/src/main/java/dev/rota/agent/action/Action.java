package dev.rota.agent.action;

import dev.rota.contract.Work;
import java.io.IOException;

/** Carries out one kind of work. Safe to repeat. */
interface Action<W extends Work> {
    /**
     * Does the work.
     *
     * @param work with all values put in
     * @throws ActionFailure if it did not succeed
     * @throws IOException if reading or writing failed
     * @throws InterruptedException if the agent is going down: the work goes on, or is repeated, after its restart
     */
    Done perform(W work, Task task) throws ActionFailure, IOException, InterruptedException;

    /**
     * After a restart of the agent: whether {@link #perform} would pick up what was started before instead of repeating it.
     *
     * @param sameBoot whether the host has been up all the time; if not, traces may have been lost with it
     */
    default boolean canResume(W work, Task task, boolean sameBoot) throws IOException {
        return false;
    }

    /** Whether {@link #canResume} can ever be true, so that the beginning must be on the disk before anything is started. */
    default boolean leavesTraces() {
        return false;
    }

    /** The newest of what the product itself wrote; asked for when the work failed or its proof has not come. */
    default String evidence(W work) throws IOException {
        return "";
    }
}

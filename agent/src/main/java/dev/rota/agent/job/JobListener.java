package dev.rota.agent.job;

import dev.rota.wire.agent.v1.StepProgress;
import dev.rota.wire.agent.v1.StepResult;

/** Hears from steps; called from their own threads, and must not block. */
public interface JobListener {
    /** A step has ended, or an order was refused. Results that are not acknowledged can be asked for again. */
    void ended(StepResult result);

    /** A step goes on; may be dropped. */
    void progress(StepProgress progress);
}

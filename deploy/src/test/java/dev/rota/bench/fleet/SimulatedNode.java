package dev.rota.bench.fleet;

import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepResult;

/** The node behind a simulated agent. Used by the fleet's thread only. */
public interface SimulatedNode {
    /** Digest of the recipe its agent would run. */
    String recipeDigest();

    /** What its agent finds now. */
    Observation.Builder look();

    /** Carries a step out, in no time. */
    StepResult run(RunStep step);
}

package dev.rota.bench.fleet;

import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;

/** A healthy node of which nothing is wanted. */
record IdleNode(String name) implements SimulatedNode {
    @Override
    public String recipeDigest() {
        return "";
    }

    @Override
    public Observation.Builder look() {
        return Observation.newBuilder()
                .setMember("sample@" + name)
                .setRunningVersion("1.0")
                .setHealthy(true)
                .setMembersKnown(true)
                .addMembers("sample@" + name)
                .setDiskFreeBytes(1L << 40);
    }

    @Override
    public StepResult run(RunStep step) {
        return StepResult.newBuilder()
                .setId(step.getId())
                .setOutcome(StepOutcome.STEP_OUTCOME_REFUSED)
                .setCode("IDLE")
                .setMessage("this node does nothing")
                .build();
    }
}

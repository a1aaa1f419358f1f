package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.Heartbeat;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepProgress;
import dev.rota.wire.agent.v1.StepResult;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgentBoundsTest {
    private static final StepId STEP = StepId.newBuilder()
            .setRolloutId("r1")
            .setNode("n1")
            .setPhase("stop")
            .setAttempt(1)
            .build();

    @Test
    void whatIsAtItsBoundIsAccepted() {
        Observation.Builder o = Observation.newBuilder()
                .setUnhealthyReason("x".repeat(2000))
                .addAllMembers(Collections.nCopies(256, "m"))
                .addAllProblems(Collections.nCopies(20, "x".repeat(500)));
        IntStream.range(0, 1000).forEach(i -> o.putReplicas("table" + i, "1"));

        assertAccepted(AgentMessage.newBuilder().setObservation(o));
        assertAccepted(AgentMessage.newBuilder()
                .setHello(Hello.newBuilder().setNode("n1").addAllOpenSteps(Collections.nCopies(64, STEP))));
        assertAccepted(AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
        assertAccepted(AgentMessage.newBuilder()
                .setProgress(StepProgress.newBuilder().setId(STEP).setOutput("x".repeat(8192))));
        assertAccepted(AgentMessage.newBuilder().setResult(result().setOutputTail("x".repeat(32_768))));
    }

    @Test
    void whatIsBeyondItsBoundIsNamed() {
        Observation.Builder many = Observation.newBuilder();
        IntStream.range(0, 1001).forEach(i -> many.putReplicas("table" + i, "1"));

        assertRefused(AgentMessage.newBuilder().setObservation(many), "observation.replicas has 1001 entries");
        assertRefused(
                observation(Observation.newBuilder().addAllMembers(Collections.nCopies(257, "m"))),
                "observation.members has 257 entries");
        assertRefused(
                observation(Observation.newBuilder().addProblems("x".repeat(501))), "observation.problems has 501");
        assertRefused(
                observation(Observation.newBuilder()
                        .setAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(-1))),
                "observation.at is not a time");
        assertRefused(
                AgentMessage.newBuilder().setHello(Hello.newBuilder().addAllOpenSteps(Collections.nCopies(65, STEP))),
                "hello.open_steps has 65 entries");
        assertRefused(
                AgentMessage.newBuilder()
                        .setProgress(StepProgress.newBuilder().setId(STEP).setOutput("x".repeat(8193))),
                "progress.output has 8193");
        assertRefused(
                AgentMessage.newBuilder().setResult(result().setOutputTail("x".repeat(32_769))),
                "result.output_tail has 32769");
        assertRefused(
                AgentMessage.newBuilder().setResult(result().setMessage("x".repeat(2001))), "result.message has 2001");
    }

    @Test
    void aStepMustBeNamedCompletely() {
        assertRefused(AgentMessage.newBuilder().setResult(result().clearId()), "result.id is missing");
        assertRefused(
                AgentMessage.newBuilder()
                        .setProgress(
                                StepProgress.newBuilder().setId(STEP.toBuilder().setPhase("explode"))),
                "progress.id.phase is not a phase");
        assertRefused(
                AgentMessage.newBuilder()
                        .setResult(result().setId(STEP.toBuilder().setAttempt(0))),
                "result.id.attempt is not positive");
        assertRefused(
                AgentMessage.newBuilder().setResult(result().clearOutcome()), "result.outcome is missing or unknown");
        assertRefused(AgentMessage.newBuilder(), "the message is empty");
    }

    private static StepResult.Builder result() {
        return StepResult.newBuilder().setId(STEP).setOutcome(StepOutcome.STEP_OUTCOME_DONE);
    }

    private static AgentMessage.Builder observation(Observation.Builder o) {
        return AgentMessage.newBuilder().setObservation(o);
    }

    private static void assertAccepted(AgentMessage.Builder message) {
        assertThat(AgentBounds.check(message.build())).isEmpty();
    }

    private static void assertRefused(AgentMessage.Builder message, String problem) {
        assertThat(AgentBounds.check(message.build()))
                .hasValueSatisfying(found -> assertThat(found).contains(problem));
    }
}

package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.rota.contract.Digest;
import dev.rota.coordinator.artifact.DirectoryArtifactStore;
import dev.rota.coordinator.port.ArtifactStore.Upload;
import dev.rota.coordinator.security.Identity;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.ArtifactChunk;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.FetchArtifactRequest;
import dev.rota.wire.agent.v1.Heartbeat;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.Observe;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLinkServiceTest {
    private static final AgentLinkSettings CALM =
            new AgentLinkSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ZERO, "0.1.0");

    private static final String EXPECTED = "e".repeat(64);

    @TempDir
    Path directory;

    private final RecordingEvents events = new RecordingEvents();
    private final AgentConnections connections = new AgentConnections();
    private final FakeLeadership leadership = new FakeLeadership();
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile Identity caller = new Identity.Agent("n1");
    private DirectoryArtifactStore artifacts;
    private Runnable lost = () -> {};

    @BeforeEach
    void openStore() throws IOException {
        artifacts = DirectoryArtifactStore.open(directory);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void anAgentIsWelcomedAndHeard() throws IOException {
        TestAgent agent = TestAgent.greeting(serve(CALM), "n1");

        assertThat(agent.awaitMessage(1).getWelcome().getTerm()).isEqualTo(7);
        assertThat(agent.awaitMessage(1).getWelcome().getHeartbeatMs()).isEqualTo(5000);
        await().until(() -> connections.connected("n1"));
        agent.send(observation(Observation.newBuilder().setRunningVersion("1.0")));
        agent.send(AgentMessage.newBuilder()
                .setResult(StepResult.newBuilder().setId(step()).setOutcome(StepOutcome.STEP_OUTCOME_DONE))
                .build());
        await().untilAsserted(() ->
                assertThat(events.all).containsExactly("n1 connected", "n1 runs 1.0", "n1 answers STEP_OUTCOME_DONE"));
    }

    @Test
    void messagesReachTheAgentUntilItHangsUp() throws IOException {
        TestAgent agent = TestAgent.greeting(serve(CALM), "n1");
        await().until(() -> connections.connected("n1"));

        assertThat(connections.send("n1", observe(3))).isTrue();
        assertThat(agent.awaitMessage(2).getObserve().getRequestId()).isEqualTo(3);
        agent.hangUp();

        await().untilAsserted(() -> assertThat(events.all).containsExactly("n1 connected", "n1 disconnected"));
        assertThat(connections.connected("n1")).isFalse();
        assertThat(connections.send("n1", observe(4))).isFalse();
        assertThat(connections.send("n2", observe(4))).isFalse();
        assertThat(agent.awaitEnd()).isEqualTo(Status.OK);
    }

    @Test
    void heartbeatsAreAnsweredWithTheTerm() throws IOException {
        TestAgent agent = TestAgent.greeting(serve(CALM), "n1");
        agent.send(heartbeat(42));

        assertThat(agent.awaitMessage(2).getHeartbeatAck().getSequence()).isEqualTo(42);
        assertThat(agent.awaitMessage(2).getHeartbeatAck().getTerm()).isEqualTo(7);
    }

    @Test
    void anAgentCannotSpeakForAnotherNode() throws IOException {
        TestAgent agent = TestAgent.greeting(serve(CALM), "n2");

        assertThat(agent.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(agent.awaitEnd().getDescription()).contains("n1").contains("n2");
        assertThat(events.all).isEmpty();
    }

    @Test
    void onlyAgentsMayConnectOrFetch() throws IOException {
        caller = new Identity.Operator("ada", Role.ADMIN);
        ManagedChannel channel = serve(CALM);

        assertThat(TestAgent.greeting(channel, "n1").awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThatThrownBy(() -> fetch(channel, "0".repeat(64), 0)).hasMessageContaining("only agents may");
    }

    @Test
    void aRefusedAgentLearnsWhy() throws IOException {
        events.refusal = java.util.Optional.of("node n1 belongs to no cluster");
        TestAgent agent = TestAgent.greeting(serve(CALM), "n1");

        assertThat(agent.awaitEnd().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(agent.awaitEnd().getDescription()).isEqualTo("node n1 belongs to no cluster");
        assertThat(connections.connected("n1")).isFalse();
    }

    @Test
    void aSecondConnectionTakesOver() throws IOException {
        ManagedChannel channel = serve(CALM);
        TestAgent first = TestAgent.greeting(channel, "n1");
        first.awaitMessage(1);
        TestAgent second = TestAgent.greeting(channel, "n1");

        assertThat(first.awaitEnd().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(first.awaitEnd().getDescription()).contains("taken over");
        second.awaitMessage(1);
        await().until(() -> connections.connected("n1"));
        assertThat(events.all).containsExactly("n1 connected", "n1 disconnected", "n1 connected");
        connections.send("n1", observe(1));
        assertThat(second.awaitMessage(2).hasObserve()).isTrue();
    }

    @Test
    void aSecondAgentWithTheSameCertificateIsTurnedAway() throws IOException {
        ManagedChannel channel = serve(CALM);
        TestAgent first = TestAgent.greeting(channel, "n1");
        first.awaitMessage(1);
        TestAgent second = TestAgent.greeting(channel, "n1", "another");

        assertThat(second.awaitEnd().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(second.awaitEnd().getDescription()).contains("two agents have this node's certificate", "stop one");
        connections.send("n1", observe(1));
        assertThat(first.awaitMessage(2).hasObserve()).isTrue();
        assertThat(events.all).containsExactly("n1 connected");
    }

    @Test
    void aSilentAgentIsLetGo() throws IOException {
        AgentLinkSettings hasty =
                new AgentLinkSettings(Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ZERO, "0.1.0");
        ManagedChannel channel = serve(hasty);
        TestAgent mute = new TestAgent(channel);
        TestAgent silent = TestAgent.greeting(channel, "n1");

        assertThat(silent.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(silent.awaitEnd().getDescription()).contains("nothing was heard from agent n1 for 80 ms");
        await().untilAsserted(() -> assertThat(events.all).containsExactly("n1 connected", "n1 disconnected"));
        assertThat(mute.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aMessageOutOfBoundsEndsTheStream() throws IOException {
        ManagedChannel channel = serve(CALM);
        TestAgent agent = TestAgent.greeting(channel, "n1");
        agent.send(observation(Observation.newBuilder().setUnhealthyReason("x".repeat(2001))));

        assertThat(agent.awaitEnd().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(agent.awaitEnd().getDescription())
                .contains("observation.unhealthy_reason has 2001 characters, at most 2000 are allowed");
        TestAgent rude = new TestAgent(channel);
        rude.send(heartbeat(1));
        assertThat(rude.awaitEnd().getDescription()).contains("the first message must be Hello");
        TestAgent twice = TestAgent.greeting(channel, "n1");
        twice.send(TestAgent.hello("n1"));
        assertThat(twice.awaitEnd().getDescription()).contains("Hello comes once");
        await().untilAsserted(() -> assertThat(events.all)
                .containsExactly("n1 connected", "n1 disconnected", "n1 connected", "n1 disconnected"));
    }

    @Test
    void anArtifactIsFetchedFromAnyOffset() throws IOException {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        String sha256 = store(bytes);
        ManagedChannel channel = serve(CALM);

        assertThat(fetch(channel, sha256, 0).toByteArray()).isEqualTo(bytes);
        assertThat(fetch(channel, sha256, 999_990)).isEqualTo(ByteString.copyFrom(bytes, 999_990, 10));
        assertThat(fetch(channel, sha256, bytes.length)).isEqualTo(ByteString.EMPTY);
        assertThatThrownBy(() -> fetch(channel, sha256, bytes.length + 1))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE));
        assertThatThrownBy(() -> fetch(channel, "0".repeat(64), 0))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void anArtifactThatIsOnItsWayIsWaitedFor() throws IOException {
        ManagedChannel channel = serve(CALM);

        assertThatThrownBy(() -> fetch(channel, EXPECTED, 0))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        caller = new Identity.Coordinator("c2");
        assertThatThrownBy(() -> fetch(channel, EXPECTED, 0))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void whoDoesNotLeadSendsAgentsToTheLeader() throws IOException {
        ManagedChannel channel = serve(CALM);
        leadership.lose("c2", "c2.example.org:7443");

        TestAgent agent = TestAgent.greeting(channel, "n1");

        assertThat(agent.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(agent.awaitEnd().getDescription()).isEqualTo("c2 leads, at c2.example.org:7443");
        assertThat(agent.leader()).contains("c2.example.org:7443");
        assertThat(events.all).isEmpty();
    }

    @Test
    void withoutALeaderAgentsAreSentNowhere() throws IOException {
        ManagedChannel channel = serve(CALM);
        leadership.lose("", "");

        TestAgent agent = TestAgent.greeting(channel, "n1");

        assertThat(agent.awaitEnd().getDescription()).isEqualTo("there is no leader at the moment");
        assertThat(agent.leader()).isEmpty();
    }

    @Test
    void aLeaderThatIsDeposedSendsAllItsAgentsAway() throws IOException {
        ManagedChannel channel = serve(CALM);
        TestAgent agent = TestAgent.greeting(channel, "n1");
        agent.awaitMessage(1);

        leadership.lose("c2", "c2.example.org:7443");
        lost.run();

        assertThat(agent.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(agent.leader()).contains("c2.example.org:7443");
        await().until(() -> events.all.contains("n1 disconnected"));
        assertThat(connections.connected("n1")).isFalse();
    }

    @Test
    void aGreetingThatComesAfterTheLossIsTurnedAway() throws IOException {
        ManagedChannel channel = serve(CALM);
        TestAgent agent = new TestAgent(channel);
        leadership.lose("c2", "");

        agent.send(TestAgent.hello("n1"));

        assertThat(agent.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(events.all).isEmpty();
    }

    private ManagedChannel serve(AgentLinkSettings settings) throws IOException {
        AgentLinkService service =
                new AgentLinkService(connections, events, leadership, artifacts, EXPECTED::equals, settings);
        String name = InProcessServerBuilder.generateName();
        Server server = InProcessServerBuilder.forName(name)
                .addService(service)
                .intercept(new FixedIdentity())
                .build()
                .start();
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        open.add(service);
        lost = service::leadershipLost;
        open.add(server::shutdownNow);
        open.add(channel::shutdownNow);
        return channel;
    }

    private final class FixedIdentity implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return Contexts.interceptCall(Context.current().withValue(Callers.IDENTITY, caller), call, headers, next);
        }
    }

    private String store(byte[] bytes) throws IOException {
        String sha256 = Digest.sha256(bytes);
        try (Upload upload = artifacts.begin(bytes.length, sha256)) {
            upload.write(ByteBuffer.wrap(bytes));
            upload.finish();
        }
        return sha256;
    }

    private static ByteString fetch(ManagedChannel channel, String sha256, long offset) {
        List<ByteString> chunks = new ArrayList<>();
        FetchArtifactRequest request = FetchArtifactRequest.newBuilder()
                .setSha256(sha256)
                .setOffset(offset)
                .build();
        AgentLinkGrpc.newBlockingStub(channel)
                .fetchArtifact(request)
                .forEachRemaining((ArtifactChunk chunk) -> chunks.add(chunk.getData()));
        return ByteString.copyFrom(chunks);
    }

    private static AgentMessage observation(Observation.Builder observation) {
        return AgentMessage.newBuilder().setObservation(observation).build();
    }

    private static AgentMessage heartbeat(long sequence) {
        return AgentMessage.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setSequence(sequence))
                .build();
    }

    private static CoordinatorMessage observe(long id) {
        return CoordinatorMessage.newBuilder()
                .setObserve(Observe.newBuilder().setRequestId(id))
                .build();
    }

    private static StepId step() {
        return StepId.newBuilder()
                .setRolloutId("r1")
                .setNode("n1")
                .setPhase("stop")
                .setAttempt(1)
                .build();
    }
}

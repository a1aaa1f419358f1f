package dev.rota.coordinator.grpc;

import static org.awaitility.Awaitility.await;

import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Hello;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The other end of a stream. */
final class TestAgent implements StreamObserver<CoordinatorMessage> {
    final List<CoordinatorMessage> received = new CopyOnWriteArrayList<>();
    private final AtomicReference<Status> end = new AtomicReference<>();
    private volatile Optional<String> leader = Optional.empty();
    private final StreamObserver<AgentMessage> out;

    TestAgent(Channel channel) {
        this.out = AgentLinkGrpc.newStub(channel).connect(this);
    }

    static TestAgent greeting(Channel channel, String node) {
        TestAgent agent = new TestAgent(channel);
        agent.send(hello(node));
        return agent;
    }

    static TestAgent greeting(Channel channel, String node, String instance) {
        TestAgent agent = new TestAgent(channel);
        AgentMessage.Builder message = hello(node).toBuilder();
        message.getHelloBuilder().setInstance(instance);
        agent.send(message.build());
        return agent;
    }

    static AgentMessage hello(String node) {
        return AgentMessage.newBuilder()
                .setHello(Hello.newBuilder().setNode(node).setRecipe("sample"))
                .build();
    }

    void send(AgentMessage message) {
        out.onNext(message);
    }

    void hangUp() {
        out.onCompleted();
    }

    CoordinatorMessage awaitMessage(int number) {
        await().until(() -> received.size() >= number);
        return received.get(number - 1);
    }

    Status awaitEnd() {
        await().until(() -> end().isPresent());
        return end().orElseThrow();
    }

    Optional<Status> end() {
        return Optional.ofNullable(end.get());
    }

    /** Where the agent was sent when its stream ended. */
    Optional<String> leader() {
        return leader;
    }

    @Override
    public void onNext(CoordinatorMessage message) {
        received.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        leader = Optional.ofNullable(Status.trailersFromThrowable(failure)).map(t -> t.get(Redirect.LEADER));
        end.set(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.set(Status.OK);
    }
}

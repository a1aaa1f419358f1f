package dev.rota.agent.link;

import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One stream to one coordinator. All calls and callbacks are on the link's thread; after its end it is silent. */
final class Session implements ClientResponseObserver<AgentMessage, CoordinatorMessage> {
    /** A coordinator that is not the leader may name it in the trailers, as {@code host:port}. */
    private static final Metadata.Key<String> LEADER = Metadata.Key.of("rota-leader", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final Events events;
    private @Nullable ClientCallStreamObserver<AgentMessage> requests;
    private boolean ended;

    Session(ManagedChannel channel, Events events) {
        this.channel = channel;
        this.events = events;
    }

    /** What happens on the stream. */
    interface Events {
        void message(Session session, CoordinatorMessage message);

        /** The stream is over; said once. */
        void ended(Session session, Status.Code code, String why, Optional<String> leader);
    }

    void open() {
        // the requests are handed over in beforeStart
        Object unused = AgentLinkGrpc.newStub(channel).connect(this);
    }

    ManagedChannel channel() {
        return channel;
    }

    void send(AgentMessage message) {
        ClientCallStreamObserver<AgentMessage> out = requests;
        if (out != null && !ended) {
            out.onNext(message);
        }
    }

    /** Sends what is not worth filling memory for when the coordinator is slow. */
    void sendIfReady(AgentMessage message) {
        ClientCallStreamObserver<AgentMessage> out = requests;
        if (out != null && !ended && out.isReady()) {
            out.onNext(message);
        }
    }

    /** Ends the stream from this side. */
    void end(String why) {
        end(Status.Code.CANCELLED, why, Optional.empty());
    }

    private void end(Status.Code code, String why, Optional<String> leader) {
        if (!ended) {
            ended = true;
            // also cancels the stream
            channel.shutdownNow();
            events.ended(this, code, why, leader);
        }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AgentMessage> stream) {
        requests = stream;
    }

    @Override
    public void onNext(CoordinatorMessage message) {
        if (!ended) {
            events.message(this, message);
        }
    }

    @Override
    public void onError(Throwable t) {
        Status status = Status.fromThrowable(t);
        Optional<String> leader =
                Optional.ofNullable(Status.trailersFromThrowable(t)).map(trailers -> trailers.get(LEADER));
        String cause = Optional.ofNullable(status.getCause())
                .map(c -> ": " + c.getMessage())
                .orElse("");
        end(
                status.getCode(),
                status.getCode() + " "
                        + Optional.ofNullable(status.getDescription()).orElse("") + cause,
                leader);
    }

    @Override
    public void onCompleted() {
        end("the coordinator closed the stream");
    }
}

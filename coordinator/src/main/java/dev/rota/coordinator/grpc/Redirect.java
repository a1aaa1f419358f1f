package dev.rota.coordinator.grpc;

import dev.rota.coordinator.port.Leadership;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** How agents are sent to the leader. */
final class Redirect {
    /** Trailer that says where the leader is, {@code host:port}. */
    static final Metadata.Key<String> LEADER = Metadata.Key.of("rota-leader", Metadata.ASCII_STRING_MARSHALLER);

    private Redirect() {}

    /** Ends a call that only the leader serves. */
    static StatusRuntimeException toLeader(Leadership leadership) {
        String name = leadership.leads() ? "" : leadership.leaderName();
        String address = name.isEmpty() ? "" : leadership.leaderAddress();
        Metadata trailers = new Metadata();
        trailers.put(Answers.CODE, "NOT_LEADER");
        if (!address.isEmpty()) {
            trailers.put(LEADER, address);
        }
        String sentence = name.isEmpty()
                ? "there is no leader at the moment"
                : name + " leads" + (address.isEmpty() ? "" : ", at " + address);
        return Status.UNAVAILABLE.withDescription(sentence).asRuntimeException(trailers);
    }
}

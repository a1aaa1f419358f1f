package dev.rota.coordinator.grpc;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections; those over the limit stay open until they idle out, but every call on them is refused. */
final class ConnectionLimit extends ServerTransportFilter implements ServerInterceptor {
    private static final Attributes.Key<Boolean> OVER_LIMIT = Attributes.Key.create("rota-over-limit");

    private final int maximum;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionLimit(int maximum) {
        this.maximum = maximum;
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        return open.incrementAndGet() > maximum
                ? attributes.toBuilder().set(OVER_LIMIT, true).build()
                : attributes;
    }

    @Override
    public void transportTerminated(Attributes attributes) {
        open.decrementAndGet();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (call.getAttributes().get(OVER_LIMIT) != null) {
            call.close(
                    Status.RESOURCE_EXHAUSTED.withDescription("more than " + maximum + " connections are open"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return next.startCall(call, headers);
    }
}

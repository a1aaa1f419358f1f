package dev.rota.cli.client;

import dev.rota.cli.exit.CommandFailure;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A gRPC stream that is read message by message: the next one is asked for when the last one was taken, so that none pile up. */
final class StreamSubscription<Q, T> implements Subscription<T>, ClientResponseObserver<Q, T> {
    private final BlockingQueue<Arrival<T>> arrivals = new LinkedBlockingQueue<>();
    private final UnaryOperator<CommandFailure> onFailure;
    private @Nullable ClientCallStreamObserver<Q> call;

    /** A message, the end (neither message nor error), or an error. */
    private record Arrival<T>(@Nullable T message, @Nullable Throwable error) {}

    /** @param onFailure called on the reader's thread with the failure of the stream; returns what the reader is told */
    StreamSubscription(UnaryOperator<CommandFailure> onFailure) {
        this.onFailure = onFailure;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
        call = stream;
        stream.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(T message) {
        arrivals.add(new Arrival<>(message, null));
    }

    @Override
    public void onError(Throwable error) {
        arrivals.add(new Arrival<>(null, error));
    }

    @Override
    public void onCompleted() {
        arrivals.add(new Arrival<>(null, null));
    }

    @Override
    public Received<T> next(Duration atMost) throws InterruptedException {
        Arrival<T> arrival = arrivals.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (arrival == null) {
            return new Quiet<>();
        }
        if (arrival.error() != null) {
            arrivals.add(arrival);
            throw onFailure.apply(Failures.of(arrival.error()));
        }
        T message = arrival.message();
        if (message == null) {
            arrivals.add(arrival);
            return new Completed<>();
        }
        if (call != null) {
            call.request(1);
        }
        return new Message<>(message);
    }

    @Override
    public void close() {
        if (call != null) {
            call.cancel("no longer wanted", null);
        }
    }
}

package dev.rota.cli.client;

import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a stream of messages and takes one answer. A message is handed over only when the connection takes more. The sender's thread does
 * the work; gRPC's thread only wakes it.
 */
final class Transfer<Q, A> implements ClientResponseObserver<Q, A> {
    /** The contract's limit for one piece of a file. */
    static final int PIECE = 262_144;

    /** The coordinator works while it receives, so that only syncing, replication and the record remain. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

    private final Duration stall;
    private final Semaphore changed = new Semaphore(0);
    private @Nullable ClientCallStreamObserver<Q> call;
    private volatile @Nullable A answer;
    private volatile @Nullable Throwable error;

    /** @param stall how long the connection may refuse to take more */
    Transfer(Duration stall) {
        this.stall = stall;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
        call = stream;
        stream.setOnReadyHandler(changed::release);
    }

    @Override
    public void onNext(A message) {
        answer = message;
        changed.release();
    }

    @Override
    public void onError(Throwable thrown) {
        error = thrown;
        changed.release();
    }

    @Override
    public void onCompleted() {
        changed.release();
    }

    /** Sends a message without waiting: for the first one. */
    void begin(Q message) {
        call().onNext(message);
    }

    /** Sends a message as soon as the connection takes more; false if the coordinator has already answered or refused. */
    boolean put(Q message) throws InterruptedException {
        while (error == null && answer == null) {
            if (call().isReady()) {
                call().onNext(message);
                return true;
            }
            await(stall, "the coordinator takes no more of the file");
        }
        return false;
    }

    /** Says that this was all and waits for the answer. */
    A finish() throws InterruptedException {
        if (error == null && answer == null) {
            call().onCompleted();
        }
        while (true) {
            Throwable thrown = error;
            if (thrown != null) {
                throw Failures.of(thrown);
            }
            A message = answer;
            if (message != null) {
                return message;
            }
            await(ANSWER_LIMIT, "the coordinator has everything but does not answer");
        }
    }

    /** Gives up. */
    void cancel() {
        call().cancel("given up", null);
    }

    private ClientCallStreamObserver<Q> call() {
        return Objects.requireNonNull(call, "call has not been started");
    }

    private void await(Duration limit, String otherwise) throws InterruptedException {
        if (!changed.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw CommandFailure.passing(ExitCode.NO_COORDINATOR, otherwise, "", null);
        }
    }
}

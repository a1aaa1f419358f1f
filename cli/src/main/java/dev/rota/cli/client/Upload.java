package dev.rota.cli.client;

import com.google.protobuf.UnsafeByteOperations;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.wire.operator.v1.AddReleaseRequest;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseHeader;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a release: the header, then the file in pieces, each only when the connection takes more. The sender's thread reads the file; gRPC's
 * thread only wakes it.
 */
final class Upload implements ClientResponseObserver<AddReleaseRequest, Release> {
    /** The contract's limit for one piece. */
    static final int PIECE = 262_144;

    /** The coordinator hashes while it receives, so that only syncing, replication and the record remain. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

    private final Duration stall;
    private final Semaphore changed = new Semaphore(0);
    private @Nullable ClientCallStreamObserver<AddReleaseRequest> call;
    private volatile @Nullable Release answer;
    private volatile @Nullable Throwable error;

    /** @param stall how long the connection may refuse to take more */
    Upload(Duration stall) {
        this.stall = stall;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AddReleaseRequest> stream) {
        call = stream;
        stream.setOnReadyHandler(changed::release);
    }

    @Override
    public void onNext(Release release) {
        answer = release;
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

    /** Sends all and waits for the answer; the call has been started. */
    Release send(ReleaseHeader header, Path file, TransferListener listener) throws IOException, InterruptedException {
        ClientCallStreamObserver<AddReleaseRequest> stream = Objects.requireNonNull(call, "call has not been started");
        boolean complete = false;
        try (InputStream in = Files.newInputStream(file)) {
            stream.onNext(AddReleaseRequest.newBuilder().setHeader(header).build());
            long sent = 0;
            listener.sent(0);
            byte[] piece = in.readNBytes(PIECE);
            while (piece.length > 0 && open(stream)) {
                stream.onNext(AddReleaseRequest.newBuilder()
                        .setData(UnsafeByteOperations.unsafeWrap(piece))
                        .build());
                sent += piece.length;
                listener.sent(sent);
                piece = in.readNBytes(PIECE);
            }
            if (error == null && answer == null) {
                stream.onCompleted();
            }
            Release release = answered();
            complete = true;
            return release;
        } finally {
            if (!complete) {
                stream.cancel("given up", null);
            }
        }
    }

    /** Waits until the connection takes more; false if the coordinator has already answered or refused. */
    private boolean open(ClientCallStreamObserver<AddReleaseRequest> stream) throws InterruptedException {
        while (error == null && answer == null) {
            if (stream.isReady()) {
                return true;
            }
            await(stall, "the coordinator takes no more of the file");
        }
        return false;
    }

    private Release answered() throws InterruptedException {
        while (true) {
            Throwable thrown = error;
            if (thrown != null) {
                throw Failures.of(thrown);
            }
            Release release = answer;
            if (release != null) {
                return release;
            }
            await(ANSWER_LIMIT, "the coordinator has the file but does not answer");
        }
    }

    private void await(Duration limit, String otherwise) throws InterruptedException {
        if (!changed.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw CommandFailure.passing(ExitCode.NO_COORDINATOR, otherwise, "", null);
        }
    }
}

package dev.rota.coordinator.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.wire.agent.v1.ArtifactChunk;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an artifact's bytes as fast as the receiver takes them, and no faster. Called by one thread at a time. */
final class ArtifactSender {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactSender.class);
    private static final int CHUNK_BYTES = 256 << 10;

    private final String sha256;
    private final ArtifactStore.Content content;
    private final ServerCallStreamObserver<ArtifactChunk> out;
    private long offset;
    private boolean done;

    ArtifactSender(
            String sha256, ArtifactStore.Content content, long offset, ServerCallStreamObserver<ArtifactChunk> out) {
        this.sha256 = sha256;
        this.content = content;
        this.offset = offset;
        this.out = out;
        out.setOnReadyHandler(this::pump);
        out.setOnCancelHandler(this::close);
        out.setOnCloseHandler(this::close);
    }

    private void pump() {
        try {
            while (!done && out.isReady()) {
                next();
            }
        } catch (IOException e) {
            LOG.error("artifact {}: cannot be read at {}", sha256, offset, e);
            close();
            out.onError(Status.INTERNAL
                    .withDescription("artifact " + sha256 + " cannot be read at " + offset)
                    .asRuntimeException());
        }
    }

    private void next() throws IOException {
        int bytes = (int) Math.min(CHUNK_BYTES, content.sizeBytes() - offset);
        if (bytes == 0) {
            close();
            out.onCompleted();
            return;
        }
        ByteBuffer chunk = ByteBuffer.allocate(bytes);
        while (chunk.hasRemaining()) {
            if (content.read(chunk, offset + chunk.position()) < 0) {
                throw new IOException("the file has become shorter");
            }
        }
        offset += bytes;
        out.onNext(ArtifactChunk.newBuilder()
                .setData(UnsafeByteOperations.unsafeWrap(chunk.flip()))
                .build());
    }

    private void close() {
        done = true;
        content.close();
    }
}

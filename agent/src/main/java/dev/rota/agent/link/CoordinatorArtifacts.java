package dev.rota.agent.link;

import dev.rota.agent.action.ActionFailure;
import dev.rota.agent.action.ArtifactSource;
import dev.rota.agent.step.Code;
import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.ArtifactChunk;
import dev.rota.wire.agent.v1.FetchArtifactRequest;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/** Streams artifacts from the coordinator the agent is connected to, at the pace of the disk. */
final class CoordinatorArtifacts implements ArtifactSource {
    private volatile Optional<Channel> channel = Optional.empty();

    /** From now on artifacts come over this channel, or from nowhere. */
    void use(Optional<Channel> connected) {
        channel = connected;
    }

    @Override
    public void read(String sha256, long offset, Duration limit, Sink sink)
            throws IOException, ActionFailure, InterruptedException {
        Channel connected =
                channel.orElseThrow(() -> new UnavailableException("the agent is not connected to a coordinator"));
        FetchArtifactRequest request = FetchArtifactRequest.newBuilder()
                .setSha256(sha256)
                .setOffset(offset)
                .build();
        // cancelled in any case, so that a sink that gives up does not leave the stream open
        try (Context.CancellableContext scope = Context.current().withCancellation()) {
            Context before = scope.attach();
            try {
                Iterator<ArtifactChunk> chunks = AgentLinkGrpc.newBlockingStub(connected)
                        .withDeadlineAfter(limit)
                        .fetchArtifact(request);
                while (chunks.hasNext()) {
                    sink.accept(chunks.next().getData().asReadOnlyByteBuffer());
                }
            } finally {
                scope.detach(before);
            }
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the agent is going down");
            }
            throw failure(sha256, offset, e.getStatus());
        }
    }

    private static UnavailableException failure(String sha256, long offset, Status status) throws ActionFailure {
        if (status.getCode() == Status.Code.NOT_FOUND) {
            throw new ActionFailure(Code.NO_ARTIFACT, "the coordinator does not have artifact " + sha256);
        }
        if (status.getCode() == Status.Code.OUT_OF_RANGE) {
            throw new ActionFailure(
                    Code.DIGEST_MISMATCH,
                    "the coordinator's artifact " + sha256 + " ends before byte " + offset + ", which was announced");
        }
        String description = Optional.ofNullable(status.getDescription()).orElse("");
        return new UnavailableException(status.getCode() + " " + description);
    }
}

package dev.rota.coordinator.grpc;

import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.Release.ArtifactRef;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.runtime.Operations;
import dev.rota.wire.operator.v1.AddReleaseRequest;
import dev.rota.wire.operator.v1.ReleaseHeader;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One release on its way in: header first, then the bytes; stored and verified before the release is committed. */
final class ReleaseUpload implements StreamObserver<AddReleaseRequest> {
    private static final int MAX_TEXT = 2000;

    private final ArtifactStore store;
    private final Operations operations;
    private final Recipes recipes;
    private final Instant now;
    private final String by;
    private final StreamObserver<dev.rota.wire.operator.v1.Release> answer;
    private ArtifactStore.@Nullable Upload upload;
    private @Nullable ReleaseHeader header;
    private boolean over;

    ReleaseUpload(
            ArtifactStore store,
            Operations operations,
            Recipes recipes,
            Instant now,
            String by,
            StreamObserver<dev.rota.wire.operator.v1.Release> answer) {
        this.store = store;
        this.operations = operations;
        this.recipes = recipes;
        this.now = now;
        this.by = by;
        this.answer = answer;
    }

    @Override
    public void onNext(AddReleaseRequest message) {
        if (over) {
            return;
        }
        try {
            if (message.hasHeader()) {
                begin(message.getHeader());
            } else if (upload == null) {
                throw Answers.usage("the header must come before the bytes");
            } else {
                upload.write(message.getData().asReadOnlyByteBuffer());
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void begin(ReleaseHeader h) throws IOException {
        if (header != null) {
            throw Answers.usage("there can be one header only");
        }
        if (recipes.find(h.getProduct()).isEmpty()) {
            throw Answers.usage("there is no recipe for product '" + h.getProduct() + "'; known are "
                    + String.join(
                            ", ", recipes.all().stream().map(r -> r.name()).toList()));
        }
        if (Version.tryParse(h.getVersion()).isEmpty()
                || (!h.getFollows().isEmpty()
                        && Version.tryParse(h.getFollows()).isEmpty())) {
            String bad = Version.tryParse(h.getVersion()).isEmpty() ? h.getVersion() : h.getFollows();
            throw Answers.usage("'" + bad + "' is not a version: expected numbers separated by dots, such as 23.01");
        }
        if (h.hasSoft() && h.getReason().isBlank()) {
            throw Answers.usage("a release that is declared soft or full-stop needs a reason");
        }
        if (h.getReason().length() > MAX_TEXT || h.getFileName().length() > MAX_TEXT) {
            throw Answers.usage("reason and file name may have " + MAX_TEXT + " characters each");
        }
        header = h;
        upload = store.begin(h.getSizeBytes(), h.getSha256());
    }

    @Override
    public void onError(Throwable t) {
        close();
    }

    @Override
    public void onCompleted() {
        if (over) {
            return;
        }
        ReleaseHeader h = header;
        ArtifactStore.Upload u = upload;
        if (h == null || u == null) {
            fail(Answers.usage("neither header nor bytes came"));
            return;
        }
        try {
            ArtifactStore.StoredArtifact stored = u.finish();
            over = true;
            Release release = new Release(
                    h.getProduct(),
                    Version.parse(h.getVersion()),
                    new ArtifactRef(stored.sha256(), stored.sizeBytes(), h.getFileName()),
                    h.hasSoft() ? Optional.of(h.getSoft()) : Optional.empty(),
                    h.getReason(),
                    Version.tryParse(h.getFollows()),
                    now,
                    by);
            Answers.later(answer, operations.addRelease(h.getRequestId(), release), PlanViews::release);
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Exception e) {
        close();
        if (e instanceof IOException) {
            answer.onError(Status.FAILED_PRECONDITION
                    .withDescription("the artifact was not stored: " + e.getMessage())
                    .asRuntimeException());
        } else if (e instanceof IllegalArgumentException) {
            answer.onError(Answers.usage(String.valueOf(e.getMessage())));
        } else {
            answer.onError(Answers.failed(e));
        }
    }

    private void close() {
        over = true;
        if (upload != null) {
            upload.close();
        }
    }
}

package dev.rota.coordinator.grpc;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.contract.Work;
import dev.rota.coordinator.artifact.ArchiveCheck;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.Release.ArtifactRef;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.runtime.Catalogue;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.wire.operator.v1.AddReleaseRequest;
import dev.rota.wire.operator.v1.ReleaseHeader;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One release on its way in: header first, then the bytes; stored and verified before the release is committed. */
final class ReleaseUpload implements StreamObserver<AddReleaseRequest> {
    private final ArtifactStore store;
    private final Catalogue catalogue;
    private final Recipes recipes;
    private final Instant now;
    private final String by;
    private final StreamObserver<dev.rota.wire.operator.v1.Release> answer;
    private ArtifactStore.@Nullable Upload upload;
    private @Nullable ReleaseHeader header;
    private boolean over;

    ReleaseUpload(
            ArtifactStore store,
            Catalogue catalogue,
            Recipes recipes,
            Instant now,
            String by,
            StreamObserver<dev.rota.wire.operator.v1.Release> answer) {
        this.store = store;
        this.catalogue = catalogue;
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
        } catch (Refusal | IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void begin(ReleaseHeader h) throws Refusal, IOException {
        if (header != null) {
            throw Answers.usage("there can be one header only");
        }
        check(h);
        header = h;
        upload = store.begin(h.getSizeBytes(), h.getSha256());
    }

    private void check(ReleaseHeader h) throws Refusal {
        Requests.requestId(h.getRequestId());
        Requests.product(recipes, h.getProduct());
        Requests.version(h.getVersion());
        if (!h.getFollows().isEmpty()
                && Requests.version(h.getFollows()).compareTo(Requests.version(h.getVersion())) >= 0) {
            throw Requests.usage(h.getVersion() + " cannot follow " + h.getFollows()
                    + ": a release follows an older one; correct --version or --follows");
        }
        if (h.hasSoft() && h.getReason().isBlank()) {
            throw Requests.usage("a release that is declared soft or full-stop needs a reason");
        }
        Requests.text("a reason", h.getReason(), Requests.MAX_TEXT);
        Requests.text("a file name", h.getFileName(), Requests.MAX_TEXT);
        day(h.getReleased());
    }

    private static Optional<LocalDate> day(String text) throws Refusal {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw Requests.usage("expected a day as YYYY-MM-DD: " + e.getMessage());
        }
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
            if (isUnpacked(h.getProduct())) {
                Optional<String> problem = problem(stored.sha256());
                if (problem.isPresent()) {
                    catalogue.forget(stored.sha256());
                    throw new Refusal(
                            Refusal.Kind.REFUSED,
                            "BAD_ARTIFACT",
                            h.getFileName() + " cannot be unpacked by the nodes: " + problem.get() + "; "
                                    + h.getProduct() + " " + h.getVersion() + " is not added, get the file again");
                }
            }
            Release release = new Release(
                            h.getProduct(),
                            Version.parse(h.getVersion()),
                            new ArtifactRef(stored.sha256(), stored.sizeBytes(), h.getFileName()),
                            h.hasSoft() ? Optional.of(h.getSoft()) : Optional.empty(),
                            h.getReason(),
                            Version.tryParse(h.getFollows()),
                            now,
                            by)
                    .released(day(h.getReleased()));
            Answers.laterAside(
                    answer,
                    catalogue.add(h.getRequestId(), release),
                    r -> ReleaseViews.whole(r, catalogue.index(r.product())));
        } catch (Refusal | IOException | RuntimeException e) {
            fail(e);
        }
    }

    private boolean isUnpacked(String product) {
        return recipes.find(product)
                .flatMap(r -> Optional.ofNullable(r.phases().get(Phase.STAGE)))
                .filter(stage -> stage.actions().stream().anyMatch(a -> a.work() instanceof Work.Unpack))
                .isPresent();
    }

    private Optional<String> problem(String sha256) throws IOException {
        try (ArtifactStore.Content content = store.open(sha256)) {
            return ArchiveCheck.problem(content);
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

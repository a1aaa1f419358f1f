package dev.rota.coordinator.grpc;

import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.runtime.Catalogue;
import dev.rota.coordinator.runtime.Members;
import dev.rota.coordinator.runtime.NoteIndex;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.AddReleaseRequest;
import dev.rota.wire.operator.v1.GetReleaseRequest;
import dev.rota.wire.operator.v1.ImportNotesRequest;
import dev.rota.wire.operator.v1.ListReleasesRequest;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.ReleaseList;
import dev.rota.wire.operator.v1.RemoveReleaseRequest;
import dev.rota.wire.operator.v1.RemovedRelease;
import dev.rota.wire.operator.v1.WithdrawReleaseRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** The part of the operators' service that is about releases and notes. */
final class ReleaseCalls {
    private final Members members;
    private final Catalogue catalogue;
    private final ArtifactStore artifacts;
    private final Recipes recipes;
    private final Clock clock;

    ReleaseCalls(Members members, Catalogue catalogue, ArtifactStore artifacts, Recipes recipes, Clock clock) {
        this.members = members;
        this.catalogue = catalogue;
        this.artifacts = artifacts;
        this.recipes = recipes;
        this.clock = clock;
    }

    StreamObserver<AddReleaseRequest> add(StreamObserver<dev.rota.wire.operator.v1.Release> to) {
        try {
            String by = Callers.requireOperator(Role.OPERATOR).name();
            requireLeader();
            return new ReleaseUpload(artifacts, catalogue, recipes, clock.now(), by, to);
        } catch (StatusRuntimeException e) {
            to.onError(e);
            return new IgnoringObserver<>();
        }
    }

    StreamObserver<ImportNotesRequest> importNotes(StreamObserver<NotesImport> to) {
        try {
            Callers.requireOperator(Role.OPERATOR);
            requireLeader();
            return new NotesUpload(artifacts, catalogue, recipes, to);
        } catch (StatusRuntimeException e) {
            to.onError(e);
            return new IgnoringObserver<>();
        }
    }

    /** Before the first byte is taken. */
    private void requireLeader() {
        if (!members.leads()) {
            throw Answers.refused(members.notLeader());
        }
    }

    ReleaseList list(ListReleasesRequest q) throws Refusal {
        if (!q.getProduct().isEmpty()) {
            Requests.product(recipes, q.getProduct());
        }
        ReleaseList.Builder b = ReleaseList.newBuilder();
        for (Recipe recipe : recipes.all()) {
            if (q.getProduct().isEmpty() || recipe.name().equals(q.getProduct())) {
                NoteIndex notes = catalogue.index(recipe.name());
                catalogue.releases(recipe.name()).forEach(r -> b.addReleases(ReleaseViews.row(r, notes)));
                if (!notes.refs().isEmpty()) {
                    b.addNotes(ReleaseViews.notes(recipe.name(), notes));
                }
            }
        }
        return b.build();
    }

    dev.rota.wire.operator.v1.Release get(GetReleaseRequest q) throws Refusal {
        return view(catalogue.release(q.getProduct(), Requests.version(q.getVersion())));
    }

    void withdraw(WithdrawReleaseRequest q, StreamObserver<dev.rota.wire.operator.v1.Release> to) {
        Requests.guarded(to, Role.OPERATOR, by -> {
            Requests.requestId(q.getRequestId());
            Requests.text("a reason", q.getReason(), Requests.MAX_TEXT);
            if (q.getReason().isBlank()) {
                throw Requests.usage("a release is withdrawn for a reason: say which");
            }
            Version version = Requests.version(q.getVersion());
            Answers.laterAside(
                    to,
                    catalogue.withdraw(
                            q.getRequestId(),
                            q.getProduct(),
                            version,
                            q.getReason().strip(),
                            by),
                    this::view);
        });
    }

    void remove(RemoveReleaseRequest q, StreamObserver<RemovedRelease> to) {
        Requests.guarded(to, Role.OPERATOR, by -> {
            Requests.requestId(q.getRequestId());
            Version version = Requests.version(q.getVersion());
            Answers.later(
                    to,
                    catalogue.remove(q.getRequestId(), q.getProduct(), version, by),
                    done -> RemovedRelease.newBuilder()
                            .setProduct(q.getProduct())
                            .setVersion(version.text())
                            .setSha256(done.sha256())
                            .setBytesRemoved(done.bytesRemoved())
                            .build());
        });
    }

    private dev.rota.wire.operator.v1.Release view(Release r) {
        return ReleaseViews.whole(r, catalogue.index(r.product()));
    }
}

package dev.rota.coordinator.grpc;

import com.google.protobuf.ByteString;
import dev.rota.contract.Digest;
import dev.rota.contract.Recipes;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.NoteBytes;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.runtime.Catalogue;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.wire.operator.v1.ImportNotesRequest;
import dev.rota.wire.operator.v1.NoteFile;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.NotesImport;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notes on their way in: each is checked and stored as it comes, and all are recorded together at the end. */
final class NotesUpload implements StreamObserver<ImportNotesRequest> {
    private final ArtifactStore store;
    private final Catalogue catalogue;
    private final Recipes recipes;
    private final StreamObserver<NotesImport> answer;
    private final SortedMap<String, NoteRef> received = new TreeMap<>();
    private @Nullable NotesHeader header;
    private @Nullable NoteFile note;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long total;
    private boolean over;

    NotesUpload(ArtifactStore store, Catalogue catalogue, Recipes recipes, StreamObserver<NotesImport> answer) {
        this.store = store;
        this.catalogue = catalogue;
        this.recipes = recipes;
        this.answer = answer;
    }

    @Override
    public void onNext(ImportNotesRequest message) {
        if (over) {
            return;
        }
        try {
            switch (message.getBodyCase()) {
                case HEADER -> begin(message.getHeader());
                case NOTE -> begin(message.getNote());
                case DATA -> add(message.getData());
                case BODY_NOT_SET -> throw Requests.usage("an empty message");
            }
        } catch (Refusal | IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void begin(NotesHeader h) throws Refusal {
        if (header != null) {
            throw Requests.usage("there can be one header only");
        }
        Requests.requestId(h.getRequestId());
        Requests.product(recipes, h.getProduct());
        header = h;
    }

    private void begin(NoteFile file) throws Refusal {
        if (header == null) {
            throw Requests.usage("the header must come before the notes");
        }
        if (note != null) {
            throw Requests.usage("note " + note.getPath() + " is not complete");
        }
        NoteChecks.check(file);
        if (received.containsKey(file.getPath())) {
            throw Requests.usage("note " + file.getPath() + " comes twice");
        }
        total += file.getSizeBytes();
        if (received.size() >= CoordinatorState.MAX_NOTES || total > CoordinatorState.MAX_NOTES_BYTES) {
            throw new Refusal(
                    Refusal.Kind.REFUSED,
                    "TOO_MANY_NOTES",
                    "a product may have " + CoordinatorState.MAX_NOTES + " notes of "
                            + CoordinatorState.MAX_NOTES_BYTES
                            + " bytes together, and these are more: import only what speaks of upgrades");
        }
        note = file;
        bytes = ByteBuffer.allocate((int) file.getSizeBytes());
    }

    private void add(ByteString data) throws Refusal, IOException {
        NoteFile file = note;
        if (file == null) {
            throw Requests.usage("the description of a note must come before its bytes");
        }
        if (data.size() > bytes.remaining()) {
            throw Requests.usage("note " + file.getPath() + " has more bytes than announced");
        }
        data.copyTo(bytes);
        if (!bytes.hasRemaining()) {
            store(file, bytes.array());
            note = null;
        }
    }

    private void store(NoteFile file, byte[] content) throws Refusal, IOException {
        String actual = Digest.sha256(content);
        if (!actual.equals(file.getSha256())) {
            throw Requests.usage(
                    "note " + file.getPath() + " came with SHA-256 " + actual + " instead of " + file.getSha256());
        }
        if (NoteBytes.decode(file.getPath(), content) instanceof Note.Unreadable bad) {
            throw new Refusal(Refusal.Kind.USAGE, "NOTE_NOT_TEXT", "note " + bad.path() + " " + bad.problem());
        }
        NoteRef ref = new NoteRef(file.getPath(), actual, content.length);
        if (!catalogue.holds(ref)) {
            try (ArtifactStore.Upload upload = store.begin(content.length, actual)) {
                upload.write(ByteBuffer.wrap(content));
                upload.finish();
            }
        }
        received.put(file.getPath(), ref);
    }

    @Override
    public void onError(Throwable t) {
        over = true;
        forget();
    }

    @Override
    public void onCompleted() {
        if (over) {
            return;
        }
        NotesHeader h = header;
        if (h == null || note != null || received.isEmpty()) {
            String what =
                    h == null ? "no header came" : note != null ? "the last note is not complete" : "no note came";
            fail(Requests.usage(what));
            return;
        }
        over = true;
        Answers.laterAside(
                answer,
                catalogue.importNotes(h.getRequestId(), h.getProduct(), List.copyOf(received.values()), h.getPrune()),
                done -> ReleaseViews.imported(h.getProduct(), done, catalogue.index(h.getProduct())));
    }

    private void fail(Exception e) {
        over = true;
        forget();
        if (e instanceof Refusal r) {
            answer.onError(Answers.refused(r));
        } else if (e instanceof IOException) {
            answer.onError(Status.FAILED_PRECONDITION
                    .withDescription("the notes were not stored: " + e.getMessage())
                    .asRuntimeException());
        } else {
            answer.onError(Answers.failed(e));
        }
    }

    private void forget() {
        var unused =
                catalogue.forget(received.values().stream().map(NoteRef::sha256).toList());
    }
}

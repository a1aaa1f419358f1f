package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.Digest;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.Source;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.coordinator.port.ArtifactSpread;
import dev.rota.coordinator.port.StepLogs;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Releases and notes with a journal and a store in memory. */
class CatalogueTest {
    private static final String PRODUCT = "sample";

    private final List<byte[]> entries = MemoryJournal.empty();
    private final MemoryArtifacts store = new MemoryArtifacts();
    private Coordinator coordinator;
    private Catalogue catalogue;

    /** No agent is connected. */
    private static final class NoAgents implements AgentLinks, StepLogs {
        @Override
        public boolean connected(String node) {
            return false;
        }

        @Override
        public boolean send(String node, CoordinatorMessage message) {
            return false;
        }

        @Override
        public void append(StepKey key, Instant at, String text) {}

        @Override
        public List<Chunk> read(String rolloutId) {
            return List.of();
        }
    }

    @BeforeEach
    void start() throws Exception {
        NoAgents nobody = new NoAgents();
        coordinator = new Coordinator(
                new MemoryJournal(entries, entries.size() + 1),
                nobody,
                new Inventory(List.of()),
                Addresses.alone("c1"),
                Recipes.load(null),
                nobody,
                () -> Instant.EPOCH,
                failure -> {
                    throw new AssertionError(failure);
                });
        coordinator.start();
        catalogue = new Catalogue(coordinator, store, ArtifactSpread.ALONE);
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private NoteRef stored(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        store.with(Digest.sha256(bytes), bytes);
        return new NoteRef(path, Digest.sha256(bytes), bytes.length);
    }

    private Catalogue.Imported imported(String requestId, boolean prune, NoteRef... notes) {
        return catalogue.importNotes(requestId, PRODUCT, List.of(notes), prune).join();
    }

    private static Release release(String version, String sha256) {
        return new Release(
                PRODUCT,
                Version.parse(version),
                new Release.ArtifactRef(sha256, 1, "sample.tgz"),
                Optional.empty(),
                "",
                Optional.empty(),
                Instant.EPOCH,
                "tester");
    }

    private static void refused(CompletableFuture<?> answer, String code) {
        assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void notesAreReadAsTheyWereImportedAlsoAfterARestart() throws Exception {
        imported("q1", false, stored("2.1/upgrade.md", "# Upgrade to 2.1\n"), stored("index.rst", "Notes"));
        stop();
        start();

        assertThat(catalogue.notes(PRODUCT)).extracting(Note::path).containsExactly("2.1/upgrade.md", "index.rst");
        assertThat(((Source) catalogue.notes(PRODUCT).get(0)).text()).isEqualTo("# Upgrade to 2.1\n");
        assertThat(catalogue.notes("nextcloud")).isEmpty();
    }

    @Test
    void aSecondImportChangesNothing() {
        NoteRef note = stored("2.1/upgrade.md", "# Upgrade to 2.1\n");

        assertThat(imported("q1", false, note))
                .isEqualTo(new Catalogue.Imported(List.of("2.1/upgrade.md"), List.of(), List.of(), 0));
        int before = entries.size();
        assertThat(imported("q2", false, note)).isEqualTo(new Catalogue.Imported(List.of(), List.of(), List.of(), 1));
        assertThat(imported("q2", true, note)).isEqualTo(new Catalogue.Imported(List.of(), List.of(), List.of(), 1));

        assertThat(entries).hasSize(before);
        assertThat(store.digests()).containsExactly(note.sha256());
    }

    @Test
    void aRequestThatComesOnceMoreUndoesNoLaterOne() {
        imported("q1", false, stored("a.md", "one"));
        NoteRef later = stored("a.md", "two");
        imported("q2", false, later);

        assertThat(imported("q1", false, stored("a.md", "one")).unchanged()).isEqualTo(1);
        assertThat(coordinator.state().notes(PRODUCT)).containsExactly(later);
    }

    @Test
    void replacedAndPrunedNotesLeaveNoBytes() {
        imported("q1", false, stored("a.md", "one"), stored("b.md", "two"), stored("c.md", "three"));
        NoteRef kept = stored("a.md", "three");

        assertThat(imported("q2", true, kept, stored("b.md", "two")))
                .isEqualTo(new Catalogue.Imported(List.of(), List.of("a.md"), List.of("c.md"), 1));
        assertThat(store.digests()).hasSize(2).contains(kept.sha256());
        assertThat(coordinator.state().notes(PRODUCT)).extracting(NoteRef::path).containsExactly("a.md", "b.md");
    }

    @Test
    void bytesThatAreNotStoredAreNotRecorded() {
        NoteRef stranger = new NoteRef("a.md", "0".repeat(64), 3);

        refused(catalogue.importNotes("q1", PRODUCT, List.of(stranger), false), "NOT_STORED");
        refused(catalogue.add("q2", release("2.0", "0".repeat(64))), "NOT_STORED");
        assertThat(coordinator.state().notes(PRODUCT)).isEmpty();
        assertThat(coordinator.state().releases()).isEmpty();
    }

    @Test
    void aNoteThatIsGoneOrDamagedIsUnreadable() {
        NoteRef gone = stored("gone.md", "one");
        NoteRef damaged = stored("damaged.md", "two");
        NoteRef shorter = stored("shorter.md", "three");
        imported("q1", false, gone, damaged, shorter, stored("whole.md", "whole"));
        store.remove(gone.sha256());
        store.with(damaged.sha256(), "TWO".getBytes(StandardCharsets.UTF_8));
        store.with(shorter.sha256(), new byte[0]);

        assertThat(catalogue.notes(PRODUCT))
                .satisfiesExactly(
                        note -> assertThat(note)
                                .isEqualTo(new Note.Unreadable(
                                        "damaged.md", "was damaged in the store of this coordinator; import it again")),
                        note -> assertThat(note)
                                .isEqualTo(new Note.Unreadable(
                                        "gone.md", "is not in the store of this coordinator; import it again")),
                        note -> assertThat(note).isInstanceOf(Note.Unreadable.class),
                        note -> assertThat(note).isInstanceOf(Source.class));
        assertThat(catalogue.index(PRODUCT).problems()).hasSize(3);
        assertThat(imported("q2", false, gone).unchanged()).isEqualTo(1);
    }

    @Test
    void theIndexFollowsTheNotes() {
        imported("q1", false, stored("2.1/upgrade.md", "Text."), stored("2.3/upgrade.md", "Text."));
        NoteIndex index = catalogue.index(PRODUCT);

        assertThat(catalogue.index(PRODUCT)).isSameAs(index);
        assertThat(index.to(Version.parse("2.3"))).singleElement().satisfies(hop -> {
            assertThat(hop.from().orElseThrow().text()).isEqualTo("2.1");
            assertThat(hop.file()).isEqualTo("2.3/upgrade.md");
        });
        assertThat(index.notesTo(Version.parse("2.3")))
                .extracting(NoteRef::path)
                .containsExactly("2.3/upgrade.md");
        imported("q2", false, stored("2.2/upgrade.md", "Text."));
        assertThat(catalogue.index(PRODUCT).hopCount()).isEqualTo(3);
    }

    @Test
    void theArtifactGoesWithTheLastReleaseThatHasIt() {
        String sha256 = "a".repeat(64);
        store.with(sha256, new byte[1]);
        catalogue.add("q1", release("2.0", sha256)).join();
        catalogue.add("q2", release("2.1", sha256)).join();

        assertThat(catalogue.remove("q3", PRODUCT, Version.parse("2.0"), "ann").join())
                .isEqualTo(new Catalogue.Removed(sha256, false));
        assertThat(catalogue.remove("q4", PRODUCT, Version.parse("2.1"), "ann").join())
                .isEqualTo(new Catalogue.Removed(sha256, true));
        assertThat(catalogue.remove("q4", PRODUCT, Version.parse("2.1"), "ann").join())
                .isEqualTo(new Catalogue.Removed(sha256, true));
        assertThat(store.digests()).isEmpty();
        refused(catalogue.remove("q5", PRODUCT, Version.parse("2.1"), "ann"), "NO_RELEASE");
    }

    @Test
    void aRefusedReleaseLeavesNoBytes() {
        store.with("a".repeat(64), new byte[1]).with("b".repeat(64), new byte[1]);
        catalogue.add("q1", release("2.0", "a".repeat(64))).join();

        refused(catalogue.add("q2", release("2.0", "b".repeat(64))), "RELEASE_EXISTS");
        assertThat(store.digests()).containsExactly("a".repeat(64));
    }

    @Test
    void whatAnUploadLeftBehindIsForgottenUnlessItIsUsed() {
        NoteRef used = stored("a.md", "one");
        imported("q1", false, used);
        NoteRef unused = stored("b.md", "two");

        catalogue.forget(List.of(used.sha256(), unused.sha256())).join();

        assertThat(store.digests()).containsExactly(used.sha256());
    }
}

package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rota.contract.Digest;
import dev.rota.coordinator.fixture.Golden;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.Source;
import dev.rota.coordinator.security.Identity;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.GetReleaseRequest;
import dev.rota.wire.operator.v1.ListReleasesRequest;
import dev.rota.wire.operator.v1.NoteFile;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseHeader;
import dev.rota.wire.operator.v1.RemoveReleaseRequest;
import dev.rota.wire.operator.v1.WithdrawReleaseRequest;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators may ask about releases and notes, over gRPC inside the test. */
class ReleaseCallsTest {
    private static final Path FIXTURE = Path.of("src/test/resources/notes/catalogue");
    private static final Path CORPUS = Path.of(System.getProperty("rota.corpus", "../../shared/notes-corpus"));
    private static final byte[] ARTIFACT = zip();

    @TempDir
    Path directory;

    private OperatorHarness operators;

    @BeforeEach
    void serve() throws Exception {
        operators = new OperatorHarness(directory);
    }

    @AfterEach
    void stop() {
        operators.close();
    }

    private static SortedMap<String, byte[]> folder(Path folder) throws IOException {
        SortedMap<String, byte[]> notes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                notes.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return notes;
    }

    private static byte[] zip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("bin/server"));
            zip.write("release".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ReleaseHeader.Builder header(String requestId, String version) {
        return header(requestId, version, ARTIFACT);
    }

    private static ReleaseHeader.Builder header(String requestId, String version, byte[] artifact) {
        return ReleaseHeader.newBuilder()
                .setRequestId(requestId)
                .setProduct("sample")
                .setVersion(version)
                .setFileName("sample.tar")
                .setSizeBytes(artifact.length)
                .setSha256(Digest.sha256(artifact));
    }

    private Release get(String version) {
        return operators
                .stub()
                .getRelease(GetReleaseRequest.newBuilder()
                        .setProduct("sample")
                        .setVersion(version)
                        .build());
    }

    private static void refused(String status, String code, String sentence, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getDescription()).contains(sentence);
            assertThat(e.getStatus().getCode().name()).isEqualTo(status);
            assertThat(e.getTrailers()).isNotNull();
            assertThat(e.getTrailers().get(Answers.CODE)).isEqualTo(code);
        });
    }

    @Test
    void aFolderOfNotesIsImportedAndItsHopsAreFound() throws IOException {
        NotesImport first = operators.importNotes("q1", "sample", false, folder(FIXTURE));
        NotesImport second = operators.importNotes("q2", "sample", false, folder(FIXTURE));

        StringBuilder text = new StringBuilder();
        first.getHopsList()
                .forEach(h -> text.append(h.getFrom().isEmpty() ? "?" : h.getFrom())
                        .append(" -> ")
                        .append(h.getTo())
                        .append("  ")
                        .append(h.getFile())
                        .append(':')
                        .append(h.getFirstLine())
                        .append('-')
                        .append(h.getLastLine())
                        .append('\n'));
        Golden.check("catalogue/hops.txt", text.toString());
        assertThat(first.getAddedCount()).isEqualTo(5);
        assertThat(first.getNoteCount()).isEqualTo(5);
        assertThat(second.getAddedCount() + second.getReplacedCount() + second.getRemovedCount())
                .isZero();
        assertThat(second.getUnchanged()).isEqualTo(5);
        assertThat(second.getHopsList()).isEqualTo(first.getHopsList());
    }

    @Test
    void aReleaseKnowsItsDateNotesAndHops() throws IOException {
        operators.importNotes("q1", "sample", false, folder(FIXTURE));
        operators.add(header("q2", "2.2").setReleased("2026-02-01").build(), ARTIFACT);

        Release release = get("2.2");
        assertThat(release.getReleased()).isEqualTo("2026-02-01");
        assertThat(release.getNotesList()).extracting(NoteFile::getPath).containsExactly("2.2/upgrade.md");
        assertThat(release.getHopsList()).singleElement().satisfies(hop -> {
            assertThat(hop.getFrom()).isEqualTo("2.1");
            assertThat(hop.getLastLine()).isGreaterThan(2);
        });
        var list = operators.stub().listReleases(ListReleasesRequest.getDefaultInstance());
        assertThat(list.getReleases(0).getNoteCount()).isEqualTo(1);
        assertThat(list.getReleases(0).getHopCount()).isEqualTo(1);
        assertThat(list.getReleases(0).getHopsList()).isEmpty();
        assertThat(list.getNotes(0).getProduct()).isEqualTo("sample");
        assertThat(list.getNotes(0).getNoteCount()).isEqualTo(5);
    }

    @Test
    void pruningTakesOutWhatIsNotSent() {
        operators.importNotes("q1", "sample", false, Map.of("2.1.md", text("A"), "2.2.md", text("B")));

        NotesImport pruned = operators.importNotes("q2", "sample", true, Map.of("2.1.md", text("C")));

        assertThat(pruned.getReplacedList()).containsExactly("2.1.md");
        assertThat(pruned.getRemovedList()).containsExactly("2.2.md");
        assertThat(pruned.getNoteCount()).isEqualTo(1);
        assertThat(operators.stored()).containsExactly(Digest.sha256(text("C")));
    }

    @Test
    void anotherImportMendsWhatTheDiskHasLost() throws IOException {
        operators.importNotes("q1", "sample", false, Map.of("2.1.md", text("A"), "2.2.md", text("B")));
        operators.damage(Digest.sha256(text("A")));
        assertThat(operators.catalogue().notes("sample").get(0)).isInstanceOf(Note.Unreadable.class);

        NotesImport again = operators.importNotes("q2", "sample", false, Map.of("2.1.md", text("A")));

        assertThat(again.getUnchanged()).isEqualTo(1);
        assertThat(operators.catalogue().notes("sample").get(0)).isInstanceOf(Source.class);
    }

    @Test
    void whatIsNoNoteIsRefusedAndLeavesNothing() {
        Map<String, byte[]> binary = new TreeMap<>(Map.of("a.md", text("A"), "b.md", new byte[] {'x', 0, 'y'}));
        refused(
                "INVALID_ARGUMENT",
                "NOTE_NOT_TEXT",
                "note b.md is not a text file",
                () -> operators.importNotes("q1", "sample", false, binary));
        refused(
                "INVALID_ARGUMENT",
                "NOTE_NOT_TEXT",
                "note b.md is not UTF-8 text",
                () -> operators.importNotes("q2", "sample", false, Map.of("b.md", new byte[] {(byte) 0xC3, 'x'})));
        refused(
                "INVALID_ARGUMENT",
                "NOTE_NOT_TEXT",
                "note b.md is empty",
                () -> operators.importNotes("q3", "sample", false, Map.of("b.md", new byte[0])));
        refused(
                "INVALID_ARGUMENT",
                "NOTE_TOO_LARGE",
                "has 10485761 bytes, at most 10485760",
                () -> operators.importNotes("q4", "sample", false, Map.of("b.md", new byte[(10 << 20) + 1])));
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "'../b.md' is not a path inside a folder",
                () -> operators.importNotes("q5", "sample", false, Map.of("../b.md", text("B"))));
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "its name must end with",
                () -> operators.importNotes("q6", "sample", false, Map.of("b.png", text("B"))));
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "no note came",
                () -> operators.importNotes("q7", "sample", false, Map.of()));
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "needs an id",
                () -> operators.importNotes("", "sample", false, Map.of("b.md", text("B"))));
        refused(
                "NOT_FOUND",
                "NO_PRODUCT",
                "there is no recipe for product 'nothing'",
                () -> operators.importNotes("q8", "nothing", false, Map.of("b.md", text("B"))));

        operators.settle();
        assertThat(operators.stored()).isEmpty();
        assertThat(operators
                        .stub()
                        .listReleases(ListReleasesRequest.getDefaultInstance())
                        .getNotesList())
                .isEmpty();
    }

    @Test
    void otherBytesThanAnnouncedAreRefused() {
        NoteFile claimed = NoteFile.newBuilder()
                .setPath("a.md")
                .setSizeBytes(1)
                .setSha256("0".repeat(64))
                .build();

        refused("INVALID_ARGUMENT", "USAGE", "came with SHA-256", () -> operators.importNote(claimed, text("A")));
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "more bytes than announced",
                () -> operators.importNote(claimed, text("AB")));
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "the last note is not complete",
                () -> operators.importNote(claimed.toBuilder().setSizeBytes(3).build(), text("AB")));
    }

    @Test
    void aReleaseIsWithdrawnAndRemoved() {
        operators.add(header("q1", "2.2").build(), ARTIFACT);
        WithdrawReleaseRequest withdraw = WithdrawReleaseRequest.newBuilder()
                .setRequestId("q2")
                .setProduct("sample")
                .setVersion("2.2")
                .setReason("starts twice")
                .build();

        assertThat(operators.stub().withdrawRelease(withdraw).getWithdrawn().getReason())
                .isEqualTo("starts twice");
        assertThat(get("2.2").getWithdrawn().getBy()).isEqualTo("ada");
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "for a reason",
                () -> operators
                        .stub()
                        .withdrawRelease(withdraw.toBuilder().setReason(" ").build()));
        refused(
                "NOT_FOUND",
                "NO_RELEASE",
                "there is no release 2.3 of sample",
                () -> operators
                        .stub()
                        .withdrawRelease(withdraw.toBuilder()
                                .setRequestId("q3")
                                .setVersion("2.3")
                                .build()));

        RemoveReleaseRequest remove = RemoveReleaseRequest.newBuilder()
                .setRequestId("q4")
                .setProduct("sample")
                .setVersion("2.2")
                .build();
        assertThat(operators.stub().removeRelease(remove).getBytesRemoved()).isTrue();
        assertThat(operators.stub().removeRelease(remove).getBytesRemoved()).isTrue();
        assertThat(operators.stored()).isEmpty();
        refused(
                "NOT_FOUND",
                "NO_RELEASE",
                "there is no release 2.2",
                () -> operators
                        .stub()
                        .removeRelease(remove.toBuilder().setRequestId("q5").build()));
    }

    @Test
    void aHeaderIsCheckedBeforeTheBytes() {
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "expected a day as YYYY-MM-DD",
                () -> operators.add(
                        header("q1", "2.2").setReleased("2026-02-30").build(), ARTIFACT));
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "is not a version",
                () -> operators.add(header("q1", "new").build(), ARTIFACT));
        refused(
                "NOT_FOUND",
                "NO_PRODUCT",
                "there is no recipe for product 'nothing'; known are appcircle",
                () -> operators.add(header("q1", "2.2").setProduct("nothing").build(), ARTIFACT));
        assertThatThrownBy(() -> operators.add(
                        header("q1", "2.2").setSha256("0".repeat(64)).build(), ARTIFACT))
                .hasMessageContaining("the artifact was not stored");
        assertThat(operators.stored()).isEmpty();
    }

    @Test
    void anArtifactThatNodesCouldNotUnpackIsRefused() {
        byte[] cut = Arrays.copyOf(ARTIFACT, ARTIFACT.length / 3);
        refused(
                "FAILED_PRECONDITION",
                "BAD_ARTIFACT",
                "sample.tar cannot be unpacked by the nodes",
                () -> operators.add(header("q1", "2.2", cut).build(), cut));
        await().until(() -> operators.stored().isEmpty());
        assertThat(operators.add(header("q2", "2.2").build(), ARTIFACT).getVersion())
                .isEqualTo("2.2");
    }

    @Test
    void aReleaseFollowsAnOlderOne() {
        refused(
                "INVALID_ARGUMENT",
                "USAGE",
                "2.2 cannot follow 7.7",
                () -> operators.add(header("q1", "2.2").setFollows("7.7").build(), ARTIFACT));
    }

    @Test
    void viewersLookAndChangeNothing() {
        operators.add(header("q1", "2.2").build(), ARTIFACT);
        operators.caller(new Identity.Operator("eve", Role.VIEWER));

        assertThat(get("2.2").getVersion()).isEqualTo("2.2");
        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> operators.importNotes("q2", "sample", false, Map.of("a.md", text("A"))),
            () -> operators.add(header("q3", "2.3").build(), ARTIFACT),
            () -> operators.stub().removeRelease(RemoveReleaseRequest.getDefaultInstance()),
            () -> operators.stub().withdrawRelease(WithdrawReleaseRequest.getDefaultInstance())
        }) {
            assertThatThrownBy(call).hasMessageContaining("PERMISSION_DENIED").hasMessageContaining("operator");
        }
    }

    @Test
    void theCorpusIsImportedWhereItIsAtHand() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "no corpus");

        for (String product : new String[] {"ejabberd", "seafile", "mattermost", "nextcloud"}) {
            SortedMap<String, byte[]> notes = folder(CORPUS.resolve(product));
            notes.keySet().removeIf(path -> !path.matches(".*\\.(md|rst|txt)"));
            NotesImport done = operators.importNotes("q-" + product, product, false, notes);

            assertThat(done.getAddedCount()).as(product).isEqualTo(notes.size());
            assertThat(done.getHopCount()).as(product).isGreaterThan(5);
            assertThat(operators.catalogue().notes(product)).hasSize(notes.size());
        }
    }
}

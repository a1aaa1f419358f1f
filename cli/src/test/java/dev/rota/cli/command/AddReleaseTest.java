package dev.rota.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.cli.command.Harness.Result;
import dev.rota.cli.command.console.Terminal;
import dev.rota.wire.operator.v1.GetReleaseRequest;
import dev.rota.wire.operator.v1.NoteFile;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.ReleaseHeader;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddReleaseTest {
    private static final int SIZE = 1_000_003;

    private static final String DIGEST = "ee29bc754485801cb6ad3f0db2eb33cd7c00226796e09083292f19ec814aad9e";

    private final Harness rota = new Harness();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void close() {
        rota.close();
    }

    @Test
    void sendsTheHeaderAndEveryByte() throws IOException {
        Result result = rota.line("releases add ejabberd 24.02 --file " + artifact());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("release ejabberd 24.02\n");
        assertThat(rota.operator.received()).isEqualTo(SIZE);
        assertThat(rota.operator.request(ReleaseHeader.class))
                .isEqualTo(ReleaseHeader.newBuilder()
                        .setRequestId("request-1")
                        .setProduct("ejabberd")
                        .setVersion("24.02")
                        .setFileName("artifact.tar")
                        .setSizeBytes(SIZE)
                        .setSha256(DIGEST)
                        .build());
    }

    @Test
    void aJudgementTravelsWithItsReason() throws IOException {
        rota.line("releases add p 2 --follows 1 --full-stop --file " + artifact(), "--reason", "schema changes");

        ReleaseHeader header = rota.operator.request(ReleaseHeader.class);
        assertThat(header.hasSoft()).isTrue();
        assertThat(header.getSoft()).isFalse();
        assertThat(header.getReason()).isEqualTo("schema changes");
        assertThat(header.getFollows()).isEqualTo("1");
    }

    @Test
    void aJudgementNeedsAReason() throws IOException {
        usage("releases add p 2 --soft --file " + artifact(), "--soft needs a --reason");
        usage("releases add p 2 --reason why --file " + artifact(), "--reason needs --soft or --full-stop");
        usage("releases add p 2 --soft --full-stop --reason why --file " + artifact(), "mutually exclusive");
    }

    @Test
    void aFileThatCannotBeSentIsNamed() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));

        usage("releases add p 2 --file " + directory.resolve("missing"), "missing does not exist");
        usage("releases add p 2 --file " + empty, empty + " is empty");
        usage("releases add p 2 --file " + directory, "is not a regular file");
        usage("releases add p 2", "--file");
    }

    @Test
    void dateAndNotesTravelToo() throws IOException {
        Path notes = Files.writeString(directory.resolve("upgrade.md"), "# Upgrade to ejabberd 24.02\n");

        Result result =
                rota.line("releases add ejabberd 24.02 --date 2024-02-27 --notes " + notes + " --file " + artifact());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(rota.operator.request(ReleaseHeader.class).getReleased()).isEqualTo("2024-02-27");
        assertThat(rota.operator.request(NotesHeader.class).getProduct()).isEqualTo("ejabberd");
        assertThat(rota.operator.request(NoteFile.class).getPath()).isEqualTo("24.02/upgrade.md");
        assertThat(rota.operator.received()).isEqualTo(SIZE + Files.size(notes));
        assertThat(rota.operator.request(GetReleaseRequest.class).getVersion()).isEqualTo("24.02");
    }

    @Test
    void notesThatAreRefusedLeaveTheRelease() throws IOException {
        Path notes = Files.writeString(directory.resolve("upgrade.md"), "text");
        rota.operator.failingImports(Status.INVALID_ARGUMENT.withDescription("note 24.02/upgrade.md is no text"));

        Result result = rota.line("releases add ejabberd 24.02 --notes " + notes + " --file " + artifact());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("rota: note 24.02/upgrade.md is no text\n")
                .contains("hint: the release was added without its notes");
    }

    @Test
    void notesThatCannotBeSentAreNamedBeforeAnythingIs() throws IOException {
        String add = "releases add p 2 --file " + artifact() + " --notes ";
        Path empty = Files.createFile(directory.resolve("empty.md"));
        Path image = Files.writeString(directory.resolve("image.png"), "x");
        Path note = Files.writeString(directory.resolve("a.md"), "x");
        Path other = Files.createDirectory(directory.resolve("other"));
        Path same = Files.writeString(other.resolve("a.md"), "x");
        Path large = Files.write(directory.resolve("large.txt"), new byte[(10 << 20) + 1]);

        usage(add + directory.resolve("missing.md"), "missing.md does not exist");
        usage(add + directory, "is not a regular file");
        usage(add + empty, "empty.md is empty");
        usage(add + image, "its name must end with .md, .rst, .txt");
        usage(add + note + " --notes " + same, "there is another note of that name");
        usage(add + large, "large.txt has 10485761 bytes, a note may have 10485760");
    }

    @Test
    void aFileMustHaveTheDigestThatIsGiven() throws IOException {
        String wrong = "0".repeat(64);

        Result result = rota.line("releases add p 2 --sha256 " + wrong + " --file " + artifact());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("has the SHA-256 " + DIGEST + " and not " + wrong + ", nothing was sent");
        assertThat(rota.operator.requests()).isEmpty();
        assertThat(rota.line("releases add p 2 --sha256 " + DIGEST.toUpperCase(Locale.ROOT) + " --file " + artifact())
                        .exitCode())
                .isZero();
        usage("releases add p 2 --sha256 abc --file " + artifact(), "--sha256 takes 64 hexadecimal digits");
        usage("releases add p 2 --date 27.2.2024 --file " + artifact(), "--date");
    }

    @Test
    void aRefusalOnTheHeaderStopsTheTransfer() throws IOException {
        rota.operator.failing(Status.ALREADY_EXISTS.withDescription("ejabberd 24.02 is known with other content"), "");

        Result result = rota.line("releases add ejabberd 24.02 --file " + artifact());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).isEqualTo("rota: ejabberd 24.02 is known with other content\n");
        assertThat(rota.operator.received()).isZero();
    }

    @Test
    void aPersonSeesABarThatIsErasedAtTheEnd() throws IOException {
        rota.terminal = new Terminal(true, 100, 30);

        Result result = rota.line("releases add ejabberd 24.02 --color never --file " + artifact());

        assertThat(result.err())
                .contains("\r\u001b[Khashing [")
                .contains("sending [")
                .endsWith("\r\u001b[K");
        assertThat(result.out()).doesNotContain("\u001b");
    }

    private void usage(String line, String why) {
        int before = rota.operator.requests().size();
        Result result = rota.line(line);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(why);
        assertThat(rota.operator.requests()).hasSize(before);
    }

    private Path artifact() throws IOException {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) 'r');
        return Files.write(directory.resolve("artifact.tar"), bytes);
    }
}

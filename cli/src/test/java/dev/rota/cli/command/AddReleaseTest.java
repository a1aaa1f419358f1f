package dev.rota.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.cli.command.Harness.Result;
import dev.rota.cli.command.console.Terminal;
import dev.rota.wire.operator.v1.ReleaseHeader;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddReleaseTest {
    private static final int SIZE = 1_000_003;

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
                        .setSha256("ee29bc754485801cb6ad3f0db2eb33cd7c00226796e09083292f19ec814aad9e")
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
        Result result = rota.line(line);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(why);
        assertThat(rota.operator.requests()).isEmpty();
    }

    private Path artifact() throws IOException {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) 'r');
        return Files.write(directory.resolve("artifact.tar"), bytes);
    }
}

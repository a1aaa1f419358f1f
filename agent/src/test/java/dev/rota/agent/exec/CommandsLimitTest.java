package dev.rota.agent.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandsLimitTest {
    private static CommandLine shell(String script, Optional<String> stdin) {
        return new CommandLine(List.of("sh", "-c", script), Map.of(), Optional.empty(), stdin, RunAs.self());
    }

    @Test
    void boundsOutput() throws IOException, InterruptedException {
        Commands.Result result = Commands.run(
                shell("head -c 3000000 /dev/zero | tr '\\0' x; echo end", Optional.empty()), Duration.ofSeconds(30));
        assertThat(result.exit()).isZero();
        assertThat(result.output()).hasSize(256 * 1024);
    }

    @Test
    void endsWhatNeverStopsWriting() throws IOException, InterruptedException {
        Commands.Result result = Commands.run(shell("yes", Optional.empty()), Duration.ofMillis(200));
        assertThat(result.timedOut()).isTrue();
        assertThat(result.output()).startsWith("y\ny\n");
    }

    @Test
    void givesStandardInput() throws IOException, InterruptedException {
        assertThat(Commands.run(shell("cat", Optional.of("given")), Duration.ofSeconds(10))
                        .output())
                .isEqualTo("given");
        assertThat(Commands.run(shell("exit 0", Optional.of("x".repeat(200_000))), Duration.ofSeconds(10))
                        .exit())
                .isZero();
    }

    @Test
    void saysWhatCannotBeStarted() {
        CommandLine nowhere = new CommandLine(
                List.of("true"), Map.of(), Optional.of("/no/such/directory"), Optional.empty(), RunAs.self());
        assertThatThrownBy(() -> Commands.run(nowhere, Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/directory");
    }
}

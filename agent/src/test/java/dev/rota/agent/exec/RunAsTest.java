package dev.rota.agent.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunAsTest {
    @TempDir
    Path dir;

    private static CommandLine as(RunAs user, String... argv) {
        return new CommandLine(List.of(argv), Map.of(), Optional.empty(), Optional.empty(), user);
    }

    @Test
    void anAgentThatIsNotRootKeepsItsUser() throws IOException {
        assumeTrue(!RunAs.agentIsRoot(), "needs a user other than root");
        assertThat(RunAs.user("nobody")).isSameAs(RunAs.self());
    }

    @Test
    void noUserIsTheAgentsOwn() throws IOException {
        assertThat(RunAs.user("")).isSameAs(RunAs.self());
        assertThat(RunAs.self().ids()).isEmpty();
    }

    @Test
    void rootRunsCommandsAsTheUser() throws IOException, InterruptedException {
        assumeTrue(RunAs.agentIsRoot(), "needs root");
        RunAs nobody = RunAs.user("nobody");
        Commands.Result direct =
                Commands.run(as(nobody, "sh", "-c", "id -un; echo $HOME $USER"), Duration.ofSeconds(10));
        assertThat(direct.output()).startsWith("nobody\n").contains("nobody\n").doesNotContain("root");
        JobCommand job = new JobCommand(dir.resolve("a0"));
        job.start(as(nobody, "sh", "-c", "id -un; id -G; umask"), 4096);
        await().until(() -> job.status() == JobCommand.Status.EXITED);
        assertThat(job.output().text(4096)).startsWith("nobody\n");
        assertThat(job.output().text(4096).lines().toList().get(1)).doesNotMatch("(.* )?0( .*)?");
        assertThat(nobody.ids().orElseThrow().uid()).isPositive();
    }

    @Test
    void saysWhichUserIsMissing() throws IOException {
        Path passwd = Files.writeString(dir.resolve("passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        assertThatThrownBy(() -> RunAs.resolve("shop", passwd))
                .hasMessageContaining("user shop (the recipe's user) is not in");
    }
}

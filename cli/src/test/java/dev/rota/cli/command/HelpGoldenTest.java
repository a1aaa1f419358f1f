package dev.rota.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.cli.Golden;
import dev.rota.cli.exit.ExitCode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpGoldenTest {
    private final Harness rota = new Harness();

    @AfterEach
    void close() {
        rota.close();
    }

    @Test
    void everyCommandExplainsItself() {
        for (CommandLine command : commands(root())) {
            String name = command.getCommandSpec().qualifiedName("-");
            Golden.check("help/" + name, command.getUsageMessage());
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
            if (command.getSubcommands().isEmpty()) {
                assertThat(command.getCommandSpec().usageMessage().footer())
                        .as("examples of %s", name)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void helpOfACommandIsTheSameBehindAndBefore() {
        assertThat(rota.line("help plan").out())
                .isEqualTo(rota.line("plan --help").out())
                .contains("rota plan show PLAN");
        assertThat(rota.line("help releases add").out())
                .isEqualTo(rota.line("releases add --help").out());
        assertThat(rota.line("help").out()).isEqualTo(rota.line("--help").out());
    }

    @Test
    void theHelpListsEveryExitCode() {
        String help = rota.line("--help").out();

        for (ExitCode exitCode : ExitCode.values()) {
            assertThat(help).containsPattern("(?m)^ +" + exitCode.code() + " +" + exitCode.meaning() + "$");
        }
    }

    @Test
    void theVersionIsShown() {
        assertThat(rota.line("--version").out()).isEqualTo("rota 1.2.3\n");
    }

    @Test
    void completionKnowsTheCommands() {
        for (String shell : List.of("bash", "zsh")) {
            assertThat(rota.line("completion " + shell).out())
                    .startsWith("#!")
                    .contains("_complete_rota")
                    .contains("releases");
        }
    }

    private CommandLine root() {
        return Rota.commandLine(rota.session(new StringWriter(), new StringWriter()), "1.2.3");
    }

    private static List<CommandLine> commands(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(sub -> all.addAll(commands(sub)));
        return all;
    }
}

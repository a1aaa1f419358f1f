package dev.rota.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.cli.command.console.Terminal;
import org.junit.jupiter.api.Test;

class TerminalsTest {
    @Test
    void theLauncherTellsTheSize() {
        assertThat(Terminals.standardOutput("50 132")).isEqualTo(new Terminal(true, 132, 50));
    }

    @Test
    void aTerminalThatDoesNotKnowItsSizeHasTheUsualOne() {
        assertThat(Terminals.standardOutput("0 0")).isEqualTo(new Terminal(true, 80, 24));
        assertThat(Terminals.standardOutput("what")).isEqualTo(new Terminal(true, 80, 24));
    }

    @Test
    void withoutTheLauncherNothingIsATerminal() {
        assertThat(Terminals.standardOutput(null)).isEqualTo(Terminal.NONE);
        assertThat(Terminals.standardOutput("no")).isEqualTo(Terminal.NONE);
    }
}

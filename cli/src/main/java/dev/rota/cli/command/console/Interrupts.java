package dev.rota.cli.command.console;

import dev.rota.cli.exit.ExitCode;
import java.util.function.Supplier;

/** Tells the running command of Ctrl-C, so that it can put the terminal right and say a last word. */
public interface Interrupts {
    /** Does the work; an interruption meanwhile interrupts the thread that does it and waits a moment for the work to return. */
    ExitCode guard(Supplier<ExitCode> work);
}

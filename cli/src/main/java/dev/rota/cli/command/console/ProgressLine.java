package dev.rota.cli.command.console;

import dev.rota.cli.view.layout.Words;
import java.io.PrintWriter;

/** One line that is overwritten while something goes on and erased at its end. */
public final class ProgressLine implements AutoCloseable {
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final Terminal terminal;
    private boolean shown;

    ProgressLine(PrintWriter err, Terminal terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    public void show(String line) {
        if (terminal.interactive()) {
            err.print(ERASE + Words.clip(line, terminal.columns() - 1));
            err.flush();
            shown = true;
        }
    }

    @Override
    public void close() {
        if (shown) {
            err.print(ERASE);
            err.flush();
            shown = false;
        }
    }
}

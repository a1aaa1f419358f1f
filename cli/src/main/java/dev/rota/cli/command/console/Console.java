package dev.rota.cli.command.console;

import dev.rota.cli.view.layout.Page;
import java.io.PrintWriter;
import java.util.function.Supplier;

/** The two streams, what they go to, and the page that views write for. */
public final class Console {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminal terminal;
    private final Supplier<Page> page;

    public Console(PrintWriter out, PrintWriter err, Terminal terminal, Supplier<Page> page) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.page = page;
    }

    /** The page as it is at this moment. */
    public Page page() {
        return page.get();
    }

    public Terminal terminal() {
        return terminal;
    }

    /** Writes an answer, at once. */
    public void print(String text) {
        out.print(text);
        out.flush();
    }

    /** Writes one line about the command itself rather than its answer. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }

    /** Whether nobody reads the answers any more, as when the output was piped into {@code head}. */
    public boolean abandoned() {
        return out.checkError();
    }

    /** A line that is overwritten while something goes on; writes nothing unless a person looks. */
    public ProgressLine progressLine() {
        return new ProgressLine(err, terminal);
    }

    /** A screen that is redrawn in place. */
    public Screen screen() {
        return new Screen(out);
    }
}

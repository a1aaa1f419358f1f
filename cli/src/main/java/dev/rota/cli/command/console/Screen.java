package dev.rota.cli.command.console;

import java.io.PrintWriter;
import java.util.List;

/**
 * Lines that are redrawn where they stand. Each frame is one write, every line is overwritten before its rest is erased, and the terminal
 * cuts lines instead of folding them (also when it was made narrower meanwhile), so that nothing flickers or drifts. The cursor is hidden
 * until {@link #close}.
 */
public final class Screen implements AutoCloseable {
    private static final String ESC = "\u001b[";
    private static final String BEGIN = ESC + "?25l" + ESC + "?7l";
    private static final String END = ESC + "?7h" + ESC + "?25h";
    private static final String ERASE_LINE = ESC + "K";
    private static final String ERASE_BELOW = ESC + "J";

    private final PrintWriter out;
    private int drawn;
    private boolean open;

    Screen(PrintWriter out) {
        this.out = out;
    }

    /** Replaces the lines of the last call by these. */
    public void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder();
        if (!open) {
            frame.append(BEGIN);
            open = true;
        }
        if (drawn > 0) {
            frame.append(ESC).append(drawn).append('A');
        }
        frame.append('\r');
        lines.forEach(line -> frame.append(line).append(ERASE_LINE).append("\r\n"));
        frame.append(ERASE_BELOW);
        drawn = lines.size();
        out.print(frame);
        out.flush();
    }

    /** Leaves the last lines where they are and gives the terminal back as it was. */
    @Override
    public void close() {
        if (open) {
            out.print(END);
            out.flush();
            open = false;
        }
    }
}

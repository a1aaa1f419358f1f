package dev.rota.cli.view;

import dev.rota.cli.view.layout.Units;
import java.time.Duration;
import java.util.Locale;

/** Progress as a bar. */
public final class Bar {
    private static final int LENGTH = 24;

    private Bar() {}

    /** {@code [########----------------]  33%}; full when there is nothing to do. */
    public static String of(long done, long total) {
        double share = total <= 0 ? 1 : Math.min(1, (double) done / total);
        int filled = (int) (share * LENGTH);
        return "[" + "#".repeat(filled) + "-".repeat(LENGTH - filled) + "] "
                + String.format(Locale.ROOT, "%3d%%", (int) (share * 100));
    }

    /** A transfer: bar, amounts and rate. */
    public static String transfer(String verb, long done, long total, Duration elapsed) {
        long ms = Math.max(1, elapsed.toMillis());
        return verb + " " + of(done, total) + "  " + Units.size(done) + " of " + Units.size(total) + "  "
                + Units.size((long) (done * 1000.0 / ms)) + "/s";
    }
}

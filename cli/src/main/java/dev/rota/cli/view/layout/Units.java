package dev.rota.cli.view.layout;

import java.time.Duration;
import java.util.Locale;

/** Durations and sizes as people read them, the same in every locale. */
public final class Units {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Units() {}

    /** A measured time: {@code 2.19s}, {@code 41.2s}, {@code 1m12s}, {@code 3h05m}, {@code 2d04h}; cut, not rounded; negative counts as zero. */
    public static String elapsed(Duration time) {
        long ms = Math.max(0, time.toMillis());
        long seconds = ms / 1000;
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%d.%02ds", seconds, ms % 1000 / 10);
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%d.%ds", seconds, ms % 1000 / 100);
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
        }
        return String.format(Locale.ROOT, "%dd%02dh", seconds / 86_400, seconds / 3600 % 24);
    }

    /** A setting, exactly: {@code 0s}, {@code 30s}, {@code 10m}, {@code 1m30s}, {@code 1500ms}. */
    public static String setting(long ms) {
        if (ms % 1000 != 0) {
            return ms + "ms";
        }
        long seconds = ms / 1000;
        String text = (seconds >= 3600 ? seconds / 3600 + "h" : "")
                + (seconds / 60 % 60 > 0 ? seconds / 60 % 60 + "m" : "")
                + (seconds % 60 > 0 ? seconds % 60 + "s" : "");
        return text.isEmpty() ? "0s" : text;
    }

    /** {@code 512 B}, {@code 1.5 KiB}, {@code 12.3 MiB}. */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < BINARY.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, BINARY[unit]);
    }
}

package dev.rota.contract.yaml;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as they are written in files: a whole number and a unit, such as {@code 30s} or {@code 500MB}. */
public final class Units {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)");
    private static final long KILO = 1024;

    private Units() {}

    /** Reads a duration, or nothing if the text is none. */
    public static Optional<Duration> duration(String text) {
        Matcher m = DURATION.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        long n = Long.parseLong(m.group(1));
        return Optional.of(
                switch (m.group(2)) {
                    case "ms" -> Duration.ofMillis(n);
                    case "s" -> Duration.ofSeconds(n);
                    case "m" -> Duration.ofMinutes(n);
                    default -> Duration.ofHours(n);
                });
    }

    /** Reads a size in bytes, or nothing if the text is none; units are powers of 1024. */
    public static Optional<Long> size(String text) {
        Matcher m = SIZE.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        long n = Long.parseLong(m.group(1));
        return Optional.of(
                switch (m.group(2)) {
                    case "B" -> n;
                    case "KB" -> n * KILO;
                    case "MB" -> n * KILO * KILO;
                    default -> n * KILO * KILO * KILO;
                });
    }

    /** Writes a duration (whole milliseconds) in its largest exact unit, so that {@link #duration(String)} reads it back. */
    public static String format(Duration duration) {
        long ms = duration.toMillis();
        if (ms == 0) {
            return "0s";
        }
        if (ms % 3_600_000 == 0) {
            return ms / 3_600_000 + "h";
        }
        if (ms % 60_000 == 0) {
            return ms / 60_000 + "m";
        }
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }

    /** Writes a size in its largest exact unit, so that {@link #size(String)} reads it back. */
    public static String formatSize(long bytes) {
        if (bytes == 0 || bytes % KILO != 0) {
            return bytes + "B";
        }
        if (bytes % (KILO * KILO) != 0) {
            return bytes / KILO + "KB";
        }
        return bytes % (KILO * KILO * KILO) == 0 ? bytes / (KILO * KILO * KILO) + "GB" : bytes / (KILO * KILO) + "MB";
    }
}

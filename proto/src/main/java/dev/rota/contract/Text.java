package dev.rota.contract;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How durations and sizes are shown to people, alike in every message. */
public final class Text {
    private static final List<String> UNITS = List.of("KB", "MB", "GB", "TB");

    private Text() {}

    /** A duration in at most two units: {@code 850ms}, {@code 1.5s}, {@code 2m 03s}, {@code 1h 05m}, {@code 3d 04h}; rounded down. */
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        long ms = duration.toMillis();
        if (ms == 0) {
            return "0s";
        }
        if (ms < 1000) {
            return ms + "ms";
        }
        if (duration.toSeconds() < 60) {
            long tenths = ms / 100;
            return tenths % 10 == 0 ? tenths / 10 + "s" : tenths / 10 + "." + tenths % 10 + "s";
        }
        if (duration.toMinutes() < 60) {
            return twoUnits(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
        }
        if (duration.toHours() < 24) {
            return twoUnits(duration.toHours(), "h", duration.toMinutesPart(), "m");
        }
        return twoUnits(duration.toDays(), "d", duration.toHoursPart(), "h");
    }

    /** A size in bytes with powers of 1024: {@code 512 B}, {@code 1.5 MB}, {@code 20 GB}; rounded down to one decimal. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        long scale = 1024;
        int unit = 0;
        while (unit < UNITS.size() - 1 && bytes / scale >= 1024) {
            scale *= 1024;
            unit++;
        }
        long tenths = bytes % scale * 10 / scale;
        return bytes / scale + (tenths == 0 ? "" : "." + tenths) + " " + UNITS.get(unit);
    }

    private static String twoUnits(long large, String largeUnit, int small, String smallUnit) {
        return String.format(Locale.ROOT, "%d%s %02d%s", large, largeUnit, small, smallUnit);
    }
}

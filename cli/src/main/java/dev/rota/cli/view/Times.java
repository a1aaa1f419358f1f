package dev.rota.cli.view;

import com.google.protobuf.Timestamp;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of the wire as text, always in UTC and marked so. */
final class Times {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ssX", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssX", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** {@code 12:00:05Z}. */
    static String clock(Instant time) {
        return CLOCK.format(time);
    }

    /** {@code 2026-03-01 12:00:05Z}. */
    static String full(Timestamp time) {
        return FULL.format(instant(time));
    }

    /** {@code 2026-03-01 12:00:05Z (1m12s ago)}. */
    static String withAge(Timestamp time, Page page) {
        return full(time) + " (" + age(time, page) + " ago)";
    }

    /** How long ago. */
    static String age(Timestamp time, Page page) {
        return Units.elapsed(Duration.between(instant(time), page.now()));
    }

    static Duration between(Timestamp from, Timestamp to) {
        return Duration.between(instant(from), instant(to));
    }
}

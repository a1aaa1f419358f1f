package dev.rota.cli.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h}, {@code 1m30s} and {@code 0}; up to 24 hours. */
final class DurationConverter implements ITypeConverter<Duration> {
    /** Longer than any gate or call may sensibly take; keeps milliseconds within the contract's 32 bits. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,9})ms)?");

    @Override
    public Duration convert(String text) {
        Matcher parts = FORM.matcher(text.equals("0") ? "0s" : text);
        if (text.isEmpty() || !parts.matches()) {
            throw new TypeConversionException("'" + text + "' is not a time such as 500ms, 30s, 10m or 1m30s");
        }
        Duration time = Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3)))
                .plusMillis(number(parts.group(4)));
        if (time.compareTo(LONGEST) > 0) {
            throw new TypeConversionException("'" + text + "' is longer than 24h");
        }
        return time;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}

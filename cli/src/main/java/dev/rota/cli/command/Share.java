package dev.rota.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of nodes, or a percentage of all.
 *
 * @param percent 1 to 100; 0: {@code count} counts
 */
record Share(int count, int percent) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(%?)");

    /** Reads {@code 2} and {@code 30%}. */
    static final class Converter implements ITypeConverter<Share> {
        @Override
        public Share convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is neither a number of nodes nor a percentage such as 30%");
            }
            int number = Integer.parseInt(parts.group(1));
            if (parts.group(2).isEmpty()) {
                return new Share(number, 0);
            }
            if (number < 1 || number > 100) {
                throw new TypeConversionException("'" + text + "' is not between 1% and 100%");
            }
            return new Share(1, number);
        }
    }
}

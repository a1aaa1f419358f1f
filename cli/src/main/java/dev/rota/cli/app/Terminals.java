package dev.rota.cli.app;

import dev.rota.cli.command.console.Terminal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out what standard output is. */
final class Terminals {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})");

    private Terminals() {}

    /**
     * @param announced what the launcher found: {@code ROWS COLUMNS} of the terminal, {@code no} if standard output is none; null if the
     *     program was started without it, which then counts as no terminal, since Java alone cannot tell on every version
     */
    static Terminal standardOutput(@Nullable String announced) {
        return announced == null || announced.equals("no") ? Terminal.NONE : sized(announced);
    }

    private static Terminal sized(String size) {
        Matcher numbers = SIZE.matcher(size);
        int rows = numbers.matches() ? Integer.parseInt(numbers.group(1)) : 0;
        int columns = rows == 0 ? 0 : Integer.parseInt(numbers.group(2));
        return new Terminal(true, columns == 0 ? 80 : columns, rows == 0 ? 24 : rows);
    }
}

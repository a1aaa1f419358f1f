package dev.rota.coordinator.notes.text;

/**
 * Finds Markdown without blank lines for so long that it was not written by a person. The parser of Markdown takes quadratic time
 * for the lines of one paragraph; such a file is read line by line instead.
 */
final class Monolith {
    private static final int MAX_RUN = 1_000;

    private Monolith() {}

    static boolean in(Source source, int first) {
        int run = 0;
        for (int line = first; line <= source.lines(); line++) {
            run = blank(source, line) ? 0 : run + 1;
            if (run > MAX_RUN) {
                return true;
            }
        }
        return false;
    }

    /** Only spaces and tabs are blank to Markdown. */
    private static boolean blank(Source source, int line) {
        for (int i = source.start(line); i < source.end(line); i++) {
            if (source.text().charAt(i) != ' ' && source.text().charAt(i) != '\t') {
                return false;
            }
        }
        return true;
    }
}

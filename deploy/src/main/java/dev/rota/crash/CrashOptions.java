package dev.rota.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code deploy/crash.sh} was asked for.
 *
 * @param cells what is tried, in order
 * @param seed decides in each cell at which point of the phase, and in which order
 * @param report where the figures are written
 * @param keep leave the logs of a run in which all went well
 */
record CrashOptions(List<Cell> cells, long seed, Optional<Path> report, boolean keep) {
    /** Thrown for arguments nobody understands; the message says which. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message);
        }
    }

    static CrashOptions parse(List<String> arguments) throws Misuse {
        List<Cell> only = new ArrayList<>();
        boolean quick = false;
        boolean keep = false;
        long seed = 1;
        Optional<Path> report = Optional.empty();
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String option = words.next();
            switch (option) {
                case "--quick" -> quick = true;
                case "--keep" -> keep = true;
                case "--seed" -> seed = number(option, value(option, words));
                case "--report" -> report = Optional.of(Path.of(value(option, words)));
                case "--only" -> only.add(cell(value(option, words)));
                default -> throw new Misuse("unknown option " + option);
            }
        }
        if (quick && !only.isEmpty()) {
            throw new Misuse("--quick and --only exclude each other");
        }
        List<Cell> cells = quick ? Matrix.quick() : only.isEmpty() ? Matrix.all() : List.copyOf(only);
        return new CrashOptions(cells, seed, report, keep);
    }

    private static Cell cell(String text) throws Misuse {
        Optional<Cell> cell = Matrix.cell(text);
        if (cell.isEmpty()) {
            throw new Misuse("--only is PHASE/DEED, such as leave/leader, with a phase of " + Matrix.PHASES
                    + " and a deed that makes sense in it, not '" + text + "'");
        }
        return cell.get();
    }

    private static long number(String option, String text) throws Misuse {
        if (!text.matches("[0-9]{1,18}")) {
            throw new Misuse(option + " is a whole number, not '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static String value(String option, Iterator<String> words) throws Misuse {
        if (!words.hasNext()) {
            throw new Misuse(option + " needs a value");
        }
        return words.next();
    }
}

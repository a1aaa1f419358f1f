package dev.rota.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What {@code deploy/chaos.sh} was asked for.
 *
 * @param hazards what is tried, in order
 * @param seed the order, where it is not 1: then it is that of the list
 * @param report where the figures are written
 * @param keep leave the logs of a run in which all went well
 */
record ChaosOptions(List<Hazard> hazards, long seed, Optional<Path> report, boolean keep) {
    /** Thrown for arguments nobody understands; the message says which. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message);
        }
    }

    static ChaosOptions parse(List<String> arguments) throws Misuse {
        List<Hazard> only = new ArrayList<>();
        boolean quick = false;
        boolean keep = false;
        long seed = 1;
        Optional<Path> report = Optional.empty();
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String option = words.next();
            switch (option) {
                case "--product" -> product(value(option, words));
                case "--quick" -> quick = true;
                case "--keep" -> keep = true;
                case "--seed" -> seed = number(option, value(option, words));
                case "--report" -> report = Optional.of(Path.of(value(option, words)));
                case "--cases" -> {
                    for (String name : value(option, words).split(",", -1)) {
                        only.add(hazard(name));
                    }
                }
                default -> throw new Misuse("unknown option " + option);
            }
        }
        if (quick && !only.isEmpty()) {
            throw new Misuse("--quick and --cases exclude each other");
        }
        List<Hazard> hazards =
                new ArrayList<>(quick ? Hazards.quick() : only.isEmpty() ? Hazards.all() : List.copyOf(only));
        if (seed != 1) {
            Collections.shuffle(hazards, new Random(seed));
        }
        return new ChaosOptions(List.copyOf(hazards), seed, report, keep);
    }

    private static void product(String name) throws Misuse {
        if (!name.equals("ejabberd")) {
            throw new Misuse("--product is ejabberd, not '" + name + "'; crash.sh breaks the sample product");
        }
    }

    private static Hazard hazard(String text) throws Misuse {
        Optional<Hazard> hazard = Hazards.named(text);
        if (hazard.isEmpty()) {
            throw new Misuse("--cases takes names, separated by commas, of "
                    + String.join(", ", Hazards.all().stream().map(Hazard::name).toList()) + ", not '" + text + "'");
        }
        return hazard.get();
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

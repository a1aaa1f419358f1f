package dev.rota.demo;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code deploy/demo.sh} was asked for.
 *
 * @param product sample or ejabberd
 * @param mode soft or full-stop; empty: what the decision says
 * @param nodes how many nodes
 * @param to target version; empty: the product's next release
 * @param stable how long a node must stay healthy before the next is touched
 * @param failure the phase that is made to fail, and on which node
 * @param heal take the cause away again and let the rollout finish
 * @param report where the figures are written
 * @param keep stop nothing at the end
 */
record Options(
        String product,
        Optional<String> mode,
        int nodes,
        Optional<String> to,
        String stable,
        Optional<Failure> failure,
        boolean heal,
        Optional<Path> report,
        boolean keep) {
    static final String USAGE = """
            usage: deploy/demo.sh [--product sample|ejabberd] [--mode soft|full-stop] [--nodes N] [--to VERSION]
                                  [--stable TIME] [--fail PHASE@NODE [--heal]] [--report FILE] [--keep]
                   deploy/demo.sh --stop DIRECTORY

              --product   what is upgraded (sample)
              --mode      ask for a mode instead of leaving it to the decision
              --nodes     how many nodes, 1 to 9 (3)
              --to        target version (the next release)
              --stable    how long a node must stay healthy before the next is touched (0s)
              --fail      make that phase fail on that node, counted from 1: start@2
              --heal      with --fail: take the cause away and retry
              --report    write the figures to a JSON file
              --keep      leave everything running at the end
              --stop      end what was kept running, and remove its directory
            """;

    private static final int NODES_MAX = 9;

    /** A phase that is made to fail on a node, counted from 1. */
    record Failure(String phase, int node) {}

    /** Thrown for arguments nobody understands; the message says which. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message);
        }
    }

    static Options parse(List<String> arguments) throws Misuse {
        Options options = new Options(
                "sample",
                Optional.empty(),
                3,
                Optional.empty(),
                "0s",
                Optional.empty(),
                false,
                Optional.empty(),
                false);
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            options = options.with(words.next(), words);
        }
        if (options.heal && options.failure.isEmpty()) {
            throw new Misuse("--heal needs --fail");
        }
        if (options.failure.isPresent() && options.failure.get().node() > options.nodes) {
            throw new Misuse("--fail names node " + options.failure.get().node() + " of " + options.nodes);
        }
        return options;
    }

    private Options with(String option, Iterator<String> words) throws Misuse {
        return switch (option) {
            case "--product" ->
                new Options(
                        oneOf(option, words, "sample", "ejabberd"),
                        mode,
                        nodes,
                        to,
                        stable,
                        failure,
                        heal,
                        report,
                        keep);
            case "--mode" ->
                new Options(
                        product,
                        Optional.of(oneOf(option, words, "soft", "full-stop")),
                        nodes,
                        to,
                        stable,
                        failure,
                        heal,
                        report,
                        keep);
            case "--nodes" ->
                new Options(product, mode, number(option, words), to, stable, failure, heal, report, keep);
            case "--to" ->
                new Options(
                        product, mode, nodes, Optional.of(value(option, words)), stable, failure, heal, report, keep);
            case "--stable" -> new Options(product, mode, nodes, to, value(option, words), failure, heal, report, keep);
            case "--fail" ->
                new Options(product, mode, nodes, to, stable, Optional.of(failure(words)), heal, report, keep);
            case "--heal" -> new Options(product, mode, nodes, to, stable, failure, true, report, keep);
            case "--report" ->
                new Options(
                        product,
                        mode,
                        nodes,
                        to,
                        stable,
                        failure,
                        heal,
                        Optional.of(Path.of(value(option, words))),
                        keep);
            case "--keep" -> new Options(product, mode, nodes, to, stable, failure, heal, report, true);
            default -> throw new Misuse("unknown option " + option);
        };
    }

    private static Failure failure(Iterator<String> words) throws Misuse {
        String text = value("--fail", words);
        String[] parts = text.split("@", -1);
        if (parts.length != 2 || !parts[1].matches("n?[1-9]")) {
            throw new Misuse("--fail is PHASE@NODE, such as start@2, not '" + text + "'");
        }
        return new Failure(parts[0], Integer.parseInt(parts[1].replace("n", "")));
    }

    private static int number(String option, Iterator<String> words) throws Misuse {
        String text = value(option, words);
        if (!text.matches("[1-" + NODES_MAX + "]")) {
            throw new Misuse(option + " is a number from 1 to " + NODES_MAX + ", not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static String oneOf(String option, Iterator<String> words, String... allowed) throws Misuse {
        String text = value(option, words);
        if (!List.of(allowed).contains(text)) {
            throw new Misuse(option + " is one of " + String.join(", ", allowed) + ", not '" + text + "'");
        }
        return text;
    }

    private static String value(String option, Iterator<String> words) throws Misuse {
        if (!words.hasNext()) {
            throw new Misuse(option + " needs a value");
        }
        return words.next();
    }
}

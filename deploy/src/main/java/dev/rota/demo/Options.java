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
 * @param coordinators how many coordinators, 1 or 3
 * @param to target version; empty: the product's next release
 * @param stable how long a node must stay healthy before the next is touched
 * @param failure the phase that is made to fail, and on which node
 * @param heal take the cause away again and let the rollout finish
 * @param onFailure what the plan is to do about it: hold, rollback-node or rollback-all
 * @param report where the figures are written
 * @param keep stop nothing at the end
 */
record Options(
        String product,
        Optional<String> mode,
        int nodes,
        int coordinators,
        Optional<String> to,
        String stable,
        Optional<Failure> failure,
        boolean heal,
        String onFailure,
        Optional<Path> report,
        boolean keep) {
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
                1,
                Optional.empty(),
                "0s",
                Optional.empty(),
                false,
                "hold",
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
        options.checkAgainstProduct();
        return options;
    }

    /** What the product has no such thing of is refused here and not by a cluster that was started for nothing. */
    private void checkAgainstProduct() throws Misuse {
        if (to.isPresent()) {
            among("--to", to.get(), Products.targets(product), "can be upgraded to");
        }
        if (failure.isPresent()) {
            among("--fail", failure.get().phase(), Products.phases(product), "can be made to fail in");
        }
    }

    private void among(String option, String value, List<String> legal, String can) throws Misuse {
        if (!legal.contains(value)) {
            throw new Misuse("%s: the %s cluster %s %s, not %s"
                    .formatted(option, product, can, String.join(", ", legal), "'" + value + "'"));
        }
    }

    private Options with(String option, Iterator<String> words) throws Misuse {
        return switch (option) {
            case "--product" ->
                new Options(
                        oneOf(option, words, "sample", "ejabberd"),
                        mode,
                        nodes,
                        coordinators,
                        to,
                        stable,
                        failure,
                        heal,
                        onFailure,
                        report,
                        keep);
            case "--mode" ->
                new Options(
                        product,
                        Optional.of(oneOf(option, words, "soft", "full-stop")),
                        nodes,
                        coordinators,
                        to,
                        stable,
                        failure,
                        heal,
                        onFailure,
                        report,
                        keep);
            case "--nodes" ->
                new Options(
                        product,
                        mode,
                        number(option, words),
                        coordinators,
                        to,
                        stable,
                        failure,
                        heal,
                        onFailure,
                        report,
                        keep);
            case "--coordinators" ->
                new Options(
                        product,
                        mode,
                        nodes,
                        Integer.parseInt(oneOf(option, words, "1", "3")),
                        to,
                        stable,
                        failure,
                        heal,
                        onFailure,
                        report,
                        keep);
            case "--to" ->
                new Options(
                        product,
                        mode,
                        nodes,
                        coordinators,
                        Optional.of(value(option, words)),
                        stable,
                        failure,
                        heal,
                        onFailure,
                        report,
                        keep);
            case "--stable" ->
                new Options(
                        product,
                        mode,
                        nodes,
                        coordinators,
                        to,
                        time(option, words),
                        failure,
                        heal,
                        onFailure,
                        report,
                        keep);
            case "--fail" ->
                new Options(
                        product,
                        mode,
                        nodes,
                        coordinators,
                        to,
                        stable,
                        Optional.of(failure(words)),
                        heal,
                        onFailure,
                        report,
                        keep);
            case "--heal" ->
                new Options(product, mode, nodes, coordinators, to, stable, failure, true, onFailure, report, keep);
            case "--on-failure" ->
                new Options(
                        product,
                        mode,
                        nodes,
                        coordinators,
                        to,
                        stable,
                        failure,
                        heal,
                        oneOf(option, words, "hold", "rollback-node", "rollback-all"),
                        report,
                        keep);
            case "--report" ->
                new Options(
                        product,
                        mode,
                        nodes,
                        coordinators,
                        to,
                        stable,
                        failure,
                        heal,
                        onFailure,
                        Optional.of(Path.of(value(option, words))),
                        keep);
            case "--keep" ->
                new Options(product, mode, nodes, coordinators, to, stable, failure, heal, onFailure, report, true);
            case "--stop" -> throw new Misuse("--stop goes with the directory of a kept run and nothing else");
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

    private static String time(String option, Iterator<String> words) throws Misuse {
        String text = value(option, words);
        if (!text.matches("[0-9]{1,9}(ms|s|m|h)")) {
            throw new Misuse(option + " is a whole number with ms, s, m or h, not '" + text + "'");
        }
        return text;
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

package dev.rota.agent.action;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks for what an answer must and must not contain. */
final class Expectations {
    private Expectations() {}

    /** What is wrong with an answer, if anything. The patterns are multi-line regular expressions with their values. */
    static Optional<String> broken(String answer, List<String> expect, List<String> reject) {
        for (String pattern : expect) {
            if (!found(pattern, answer)) {
                return Optional.of("lacks '" + readable(pattern) + "'");
            }
        }
        for (String pattern : reject) {
            if (found(pattern, answer)) {
                return Optional.of("has '" + readable(pattern) + "'");
            }
        }
        return Optional.empty();
    }

    private static boolean found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).find();
    }

    /** A pattern as its author wrote it, with values put in: without the marks that make values literal. */
    static String readable(String pattern) {
        return pattern.replace("\\Q", "").replace("\\E", "");
    }

    /** The end of an answer on one line, for messages; at most 300 characters. */
    static String excerpt(String answer) {
        String line = answer.strip().replaceAll("\\s*\\R\\s*", " | ");
        return line.length() <= 300 ? line : "..." + line.substring(line.length() - 297);
    }
}

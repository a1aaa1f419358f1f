package dev.rota.cli.command;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few words. */
final class Choices {
    private Choices() {}

    /** How answers are written. */
    enum Output {
        TABLE,
        JSON
    }

    /** When colours are used. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** How nodes take their turns. */
    enum Mode {
        SOFT,
        FULL_STOP
    }

    /** What a step that fails for good leads to. */
    enum OnFailure {
        HOLD,
        ROLLBACK_NODE,
        ROLLBACK_ALL
    }

    /** Where a rollout pauses by itself. */
    enum Pause {
        CANARY
    }

    /** Completion candidates of {@link Pause}. */
    static final class Pauses implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(Pause.values()).iterator();
        }
    }

    /** Completion candidates of {@link OnFailure}. */
    static final class OnFailures implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(OnFailure.values()).iterator();
        }
    }

    /** Completion candidates of {@link Mode}. */
    static final class Modes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(Mode.values()).iterator();
        }
    }

    /** The word on the command line and on the wire. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> ITypeConverter<E> converter(E[] constants) {
        return text -> Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not one of " + String.join(", ", words(constants))));
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Choices::word).toList();
    }
}

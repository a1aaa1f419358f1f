package dev.rota.coordinator.notes.language;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Entries of a form, such as "Rolling upgrade: no" or "Downtime required - yes". */
final class Answers {
    private static final int LONGEST = 6;
    private static final int LONGEST_QUESTION = 20;
    private static final Set<String> NO = Set.of("no", "none", "never");
    private static final Set<String> GRADUAL = Set.of("rolling", "zero", "online", "live", "hot");
    private static final Set<String> STOPS =
            Set.of("downtime", "outage", "interruption", "shutdown", "stop", "restart");

    private Answers() {}

    /**
     * What a line says that asks and answers; nothing for any other.
     *
     * @param asked whether it has a question mark
     */
    static Optional<Says> in(List<Token> tokens, boolean asked) {
        int last = tokens.size() - 1;
        if (tokens.stream().filter(Token::stop).count() > 1) {
            return Optional.empty();
        }
        if (last < 1 || last >= (asked ? LONGEST_QUESTION : LONGEST)) {
            return Optional.empty();
        }
        boolean no = NO.contains(tokens.get(last).word());
        if (!no && !tokens.get(last).is("yes")) {
            return Optional.empty();
        }
        if (tokens.stream().anyMatch(t -> GRADUAL.contains(t.word()))) {
            return Optional.of(no ? Says.FORBIDS : Says.ALLOWS);
        }
        boolean stops = tokens.stream().anyMatch(t -> STOPS.contains(t.word()));
        return stops ? Optional.of(no ? Says.ALLOWS : Says.DEMANDS_STOP) : Optional.empty();
    }
}

package dev.rota.coordinator.notes.language;

import dev.rota.coordinator.notes.language.Clauses.Clause;
import dev.rota.coordinator.notes.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes conditions of clauses. */
final class Conditions {
    private final Set<String> names;

    /**
     * For the notes of a product.
     *
     * @param names its names, which condition nothing
     */
    Conditions(Set<String> names) {
        this.names = names;
    }

    /** The conditions on what is said at a token: all clauses it is not inside of. */
    List<Condition> around(Sentence sentence, List<Token> tokens, List<Clause> clauses, int token) {
        List<Condition> found = new ArrayList<>();
        for (Clause clause : clauses) {
            if (!clause.holds(token)) {
                of(sentence, tokens, clause).ifPresent(found::add);
            }
        }
        return found;
    }

    /** A clause that only says that there is an upgrade is no condition. */
    Optional<Condition> of(Sentence sentence, List<Token> tokens, Clause clause) {
        List<String> words = new ArrayList<>();
        for (int i = clause.from(); i < clause.to(); i++) {
            String word = tokens.get(i).word();
            words.add(word.equals("`") ? code(sentence, tokens.get(i)) : word);
        }
        words.removeAll(names);
        if (onlyUpgrading(words)) {
            return Optional.empty();
        }
        String text = sentence.block()
                .text()
                .substring(
                        tokens.get(clause.from()).start(),
                        tokens.get(clause.to() - 1).end());
        return Optional.of(new Condition(text, words, clause.unless()));
    }

    private static String code(Sentence sentence, Token token) {
        return sentence.block()
                .text()
                .substring(token.start(), token.end())
                .replace("`", "")
                .toLowerCase(Locale.ROOT);
    }

    private static boolean onlyUpgrading(List<String> words) {
        int verb = -1;
        for (int i = 1; i < Math.min(words.size(), 7); i++) {
            String w = words.get(i);
            boolean you =
                    words.subList(0, i).contains("you") || words.subList(0, i).contains("re");
            if (w.equals("upgrading") || w.equals("updating") || (you && (w.equals("upgrade") || w.equals("update")))) {
                verb = i;
            }
        }
        boolean more = words.contains("and") && words.size() > 8;
        if (words.contains("rolling") && words.stream().anyMatch(w -> w.startsWith("upgrad"))) {
            return true;
        }
        return verb > 0 && !more;
    }
}

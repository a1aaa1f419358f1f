package dev.rota.coordinator.notes.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The parts of a sentence that are conditions, by their first word: if, unless, when, in case, for ... only. */
final class Clauses {
    private static final Set<String> OPENERS =
            Set.of("if", "unless", "when", "whenever", "provided", "providing", "assuming", "until", "whether");
    private static final Set<String> SUBJECTS = Set.of(
            "you",
            "we",
            "it",
            "the",
            "please",
            "make",
            "run",
            "stop",
            "shut",
            "do",
            "there",
            "no",
            "this",
            "these",
            "all",
            "every",
            "each",
            "one",
            "be",
            "first",
            "an",
            "a",
            "upgrade",
            "your",
            "customers",
            "nodes",
            "admins",
            "review",
            "check",
            "update",
            "see",
            "set",
            "use",
            "ensure",
            "restart");
    private static final Set<String> WHO = Set.of(
            "users",
            "customers",
            "installations",
            "deployments",
            "those",
            "admins",
            "sites",
            "setups",
            "systems",
            "servers",
            "environments",
            "clusters");
    private static final Set<String> WITH = Set.of("of", "using", "with", "on", "who", "that", "where");
    private static final Set<String> VERBS = Set.of(
            "must", "need", "needs", "have", "should", "will", "can", "are", "may", "require", "requires", "cannot");
    private static final int MAX_ONLY = 6;

    /** A condition; {@code from} to before {@code to} are its words, {@code unless} when it exempts. */
    record Clause(int from, int to, boolean unless) {
        boolean holds(int token) {
            return token >= from && token < to;
        }
    }

    private Clauses() {}

    static List<Clause> of(List<Token> tokens) {
        List<Clause> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String word = tokens.get(i).word();
            boolean inCase = word.equals("case") && i > 0 && tokens.get(i - 1).is("in");
            if (OPENERS.contains(word) || inCase) {
                int end = end(tokens, i);
                found.add(new Clause(i, end, word.equals("unless")));
                i = Math.max(i, end - 1);
            } else if (word.equals("either")) {
                either(tokens, i, found);
            } else if (WHO.contains(word)
                    && i + 1 < tokens.size()
                    && WITH.contains(tokens.get(i + 1).word())) {
                who(tokens, i, found);
            } else if (word.equals("only")) {
                only(tokens, i, found);
            }
        }
        return found;
    }

    /** A clause at the start of a sentence ends at "then" or at the comma before what follows; a later one at the next comma. */
    private static int end(List<Token> tokens, int from) {
        int comma = -1;
        for (int i = from + 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("then") && i > from + 2) {
                return i;
            }
            if (token.stop()) {
                return comma > 0 ? comma : i;
            }
            boolean subject = SUBJECTS.contains(token.word());
            if (token.comma()
                    && i > from + 1
                    && (subject || comma < 0)
                    && (comma < 0 || !fixed(tokens, from, comma, i))) {
                comma = i;
            }
        }
        if (comma > 0 && then(tokens, comma) > 0) {
            return then(tokens, comma);
        }
        return comma > 0 ? comma : tokens.size();
    }

    /** What follows the comma is what depends on the condition: it has a subject, or a verb before the next comma. */
    private static boolean fixed(List<Token> tokens, int from, int comma, int next) {
        return comma > from
                && (SUBJECTS.contains(tokens.get(comma).word())
                        || tokens.subList(comma, next).stream().anyMatch(t -> VERBS.contains(t.word()) || t.is("is")));
    }

    private static int then(List<Token> tokens, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).is("then")) {
                return i;
            }
        }
        return -1;
    }

    /** {@code users of MySQL must}: it is about them only. */
    private static void who(List<Token> tokens, int at, List<Clause> found) {
        for (int i = at + 2; i < Math.min(tokens.size(), at + 10); i++) {
            Token token = tokens.get(i);
            if (VERBS.contains(token.word()) || token.comma() || token.stop()) {
                found.add(new Clause(at, i, false));
                return;
            }
        }
    }

    /** {@code either A or B}: B is only for those who do not choose A. */
    private static void either(List<Token> tokens, int at, List<Clause> found) {
        for (int i = at + 1; i < tokens.size(); i++) {
            if (tokens.get(i).is("or")) {
                found.add(new Clause(at, i, true));
                return;
            }
        }
    }

    /** {@code for MySQL only}, {@code only on MySQL}. */
    private static void only(List<Token> tokens, int at, List<Clause> found) {
        Set<String> limits = Set.of("for", "on", "with", "to", "in", "affects", "concerns");
        for (int i = at + 1; i < Math.min(tokens.size(), at + 3); i++) {
            if (limits.contains(tokens.get(i).word())) {
                int to = i + 1;
                while (to < Math.min(tokens.size(), i + MAX_ONLY)
                        && !tokens.get(to).comma()
                        && !tokens.get(to).stop()) {
                    to++;
                }
                found.add(new Clause(i, to, false));
                return;
            }
        }
        for (int i = at - 1; i >= Math.max(0, at - MAX_ONLY); i--) {
            if (limits.contains(tokens.get(i).word())) {
                found.add(new Clause(i, at + 1, false));
                return;
            }
        }
        if (at > 0 && at <= 3 && at == tokens.size() - 1) {
            found.add(new Clause(0, at + 1, false));
        }
    }
}

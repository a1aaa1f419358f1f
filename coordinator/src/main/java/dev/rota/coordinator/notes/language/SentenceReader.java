package dev.rota.coordinator.notes.language;

import dev.rota.coordinator.notes.language.Clauses.Clause;
import dev.rota.coordinator.notes.language.PhraseBook.Hit;
import dev.rota.coordinator.notes.text.Sentence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads sentences: finds the phrases of a book in them and what negation, conditions and modal words make of them. */
public final class SentenceReader {
    private static final Set<String> NEGATIONS = Set.of(
            "not", "no", "never", "without", "non", "nor", "neither", "nothing", "zero", "avoid", "avoids", "avoiding");
    private static final Set<String> TROUBLE = Set.of("issue", "issues", "problem", "problems");
    private static final Set<String> HARM =
            Set.of("fail", "break", "harm", "corrupt", "lead", "cause", "affect", "lose");
    private static final Set<String> TENTATIVE =
            Set.of("may", "might", "could", "possibly", "sometimes", "likely", "cases");
    private static final Set<String> INSISTING =
            Set.of("before", "without", "forget", "hesitate", "omit", "skip", "neglect", "fail", "than", "otherwise");
    private static final Set<String> STOPPED =
            Set.of("stopped", "stop", "down", "shut", "shutdown", "halted", "offline");
    private static final Set<String> BARRED =
            Set.of("not", "never", "fail", "fails", "break", "breaks", "lose", "loses", "lost", "corrupt", "corrupts");
    private static final Set<String> OFFERING =
            Set.of("can", "may", "could", "alternatively", "optionally", "want", "wish", "prefer");
    private static final Set<String> EXCEPTIONS = Set.of("except", "but", "apart", "other", "excluding");
    private static final Set<Says> FLIPPED = EnumSet.of(Says.DEMANDS_STOP);
    private static final Set<Says> POSITIVE = EnumSet.of(
            Says.ALLOWS,
            Says.COMPATIBLE,
            Says.ALLOWS_STEP,
            Says.CHANGES_SCHEMA,
            Says.LOCKS,
            Says.TAKES_LONG,
            Says.STOPS,
            Says.CONFIGURATION,
            Says.PROXY,
            Says.DNS);
    private static final Set<Says> SCHEMA = EnumSet.of(Says.CHANGES_SCHEMA, Says.LOCKS, Says.TAKES_LONG);
    private static final Set<Says> WEIGHTY = EnumSet.of(Says.FORBIDS, Says.DEMANDS_STOP, Says.ALLOWS, Says.COMPATIBLE);
    private static final Set<String> CLIENTS = Set.of(
            "app",
            "apps",
            "client",
            "clients",
            "desktop",
            "mobile",
            "browser",
            "browsers",
            "plugin",
            "plugins",
            "sdk",
            "driver",
            "extension",
            "runner",
            "runners",
            "agent");
    private static final Set<String> ASKING =
            Set.of("can", "is", "are", "may", "do", "does", "will", "could", "should", "must");
    private static final Set<String> NEWS = Set.of("new", "added", "adds", "introduced", "improved");
    private static final Set<String> FEATURES =
            Set.of("option", "command", "setting", "button", "parameter", "endpoint", "function");
    private static final int BEFORE = 4;

    private final PhraseBook book;
    private final Set<String> names;
    private final Conditions conditions;

    /**
     * A reader.
     *
     * @param names the names of the product, in lower case: what follows them is a release of it
     */
    public SentenceReader(PhraseBook book, Set<String> names) {
        this.book = book;
        this.names = Set.copyOf(names);
        this.conditions = new Conditions(this.names);
    }

    /** A reader of the general rules. */
    public static PhraseBook general() {
        return GeneralPhrases.book();
    }

    /** What a sentence says, from left to right; nothing twice. */
    public List<Statement> read(Sentence sentence) {
        return read(sentence, Optional.empty());
    }

    /** What a sentence says after another one, which it may refer to. */
    public List<Statement> read(Sentence sentence, Optional<Sentence> before) {
        List<Token> tokens = Words.of(sentence);
        if (tokens.isEmpty()) {
            return List.of();
        }
        Optional<Says> answer = Answers.in(tokens, sentence.text().indexOf('?') >= 0);
        if (answer.isPresent()) {
            return List.of(whole(answer.get(), "yes-or-no", sentence, tokens, List.of(), List.of()));
        }
        if (sentence.text().endsWith("?")) {
            return question(sentence, tokens);
        }
        List<Hit> hits = book.in(tokens);
        boolean denial = before.isPresent() && Reference.denies(tokens, Words.of(before.get()));
        if (hits.isEmpty() && !denial && !Suspicion.in(tokens, List.of(), names)) {
            return List.of();
        }
        List<Clause> clauses = Clauses.of(tokens);
        List<Statement.NamedRelease> releases = Mentions.in(tokens, names).stream()
                .map(m -> new Statement.NamedRelease(m.range(), m.from(), m.to(), m.topic()))
                .toList();
        List<Statement> found = new ArrayList<>();
        Set<Says> said = EnumSet.noneOf(Says.class);
        boolean awaited = false;
        boolean path = hits.stream().anyMatch(h -> h.entry().says() == Says.FORBIDS_PATH);
        for (Hit hit : hits) {
            if (path && SCHEMA.contains(hit.entry().says())) {
                continue;
            }
            awaited |= asked(tokens, clauses, hit);
            says(hit, tokens, clauses)
                    .filter(said::add)
                    .ifPresent(says -> found.add(new Statement(
                            says,
                            hit.entry().rule(),
                            sentence,
                            tokens.get(hit.from()).start(),
                            tokens.get(hit.to() - 1).end(),
                            conditions.around(sentence, tokens, clauses, hit.from()),
                            tentative(tokens, hit),
                            releases)));
        }
        boolean suspicious = denial || Suspicion.in(tokens, clauses, names);
        if (said.stream().noneMatch(WEIGHTY::contains) && suspicious && !repair(tokens)) {
            found.add(suspicion(sentence, tokens, clauses, releases));
        } else if (said.stream().noneMatch(WEIGHTY::contains) && awaited) {
            found.add(suspicion(sentence, tokens, List.of(), releases));
        }
        return found;
    }

    /** A question says nothing; its answer may stand anywhere. */
    private List<Statement> question(Sentence sentence, List<Token> tokens) {
        return ASKING.contains(tokens.get(0).word()) && Gradual.isNamed(tokens)
                ? List.of(suspicion(sentence, tokens, List.of(), List.of()))
                : List.of();
    }

    /** Nodes, two releases and a "not" in one sentence: what it says is not understood, but it may be a ban. */
    private Statement suspicion(
            Sentence sentence, List<Token> tokens, List<Clause> clauses, List<Statement.NamedRelease> releases) {
        List<Condition> conditions = new ArrayList<>();
        for (Clause clause : clauses) {
            if (!Suspicion.supposed(tokens, clause)) {
                this.conditions.of(sentence, tokens, clause).ifPresent(conditions::add);
            }
        }
        return whole(Says.FORBIDS, "suspect", sentence, tokens, conditions, releases);
    }

    private static Statement whole(
            Says says,
            String rule,
            Sentence sentence,
            List<Token> tokens,
            List<Condition> conditions,
            List<Statement.NamedRelease> releases) {
        return new Statement(
                says,
                rule,
                sentence,
                tokens.get(0).start(),
                tokens.get(tokens.size() - 1).end(),
                conditions,
                rule.equals("suspect"),
                releases);
    }

    /** The conditions a sentence puts on what follows it. */
    public List<Condition> conditions(Sentence sentence) {
        List<Token> tokens = Words.of(sentence);
        List<Condition> found = new ArrayList<>();
        for (Clause clause : Clauses.of(tokens)) {
            this.conditions.of(sentence, tokens, clause).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Says> says(Hit hit, List<Token> tokens, List<Clause> clauses) {
        Says says = hit.entry().says();
        boolean inside = clauses.stream()
                .anyMatch(c -> c.holds(hit.from()) && !tokens.get(c.from()).is("either"));
        if (inside && says != Says.MINIMUM_VERSION) {
            return Optional.empty();
        }
        if (WEIGHTY.contains(says)
                && (repair(tokens)
                        || past(tokens, hit)
                        || ofClients(tokens, hit)
                        || Mentions.ofOthers(tokens, hit, names))) {
            return Optional.empty();
        }
        if (hit.entry().rule().equals("rolling-possible") && Gradual.isTroubled(tokens)) {
            return Optional.empty();
        }
        boolean negated = negated(tokens, hit);
        boolean intoCondition = clauses.stream().anyMatch(c -> !c.holds(hit.from()) && c.holds(hit.to() - 1));
        if (FLIPPED.contains(says) && intoCondition) {
            return Optional.empty();
        }
        if (FLIPPED.contains(says)) {
            return demand(tokens, hit, negated);
        }
        boolean takenBack = says == Says.ALLOWS
                && !hit.entry().phrase().toString().contains("not")
                && within(tokens, hit.to(), hit.to() + BEFORE, Set.of("not", "impossible", "unsupported"));
        boolean notInside = takenBack
                || (POSITIVE.contains(says)
                        && !hit.entry().phrase().toString().contains("not")
                        && within(tokens, hit.from() + 1, hit.to(), Set.of("not", "never")));
        if (POSITIVE.contains(says) && (notInside || (negated && !startsNegated(tokens, hit)))) {
            return Optional.empty();
        }
        if (says == Says.CHANGES_SCHEMA
                && within(tokens, hit.to(), hit.to() + BEFORE, Set.of("not", "no", "optional"))) {
            return Optional.empty();
        }
        return says == Says.FORBIDS && denied(tokens, hit) ? Optional.empty() : Optional.of(says);
    }

    /** "Fixed a bug where ...": it is told what was wrong. */
    private static boolean repair(List<Token> tokens) {
        boolean first =
                tokens.get(0).word().startsWith("fix") || tokens.get(0).word().startsWith("resolve");
        boolean fixed = within(tokens, 0, 8, Set.of("fixed", "resolved", "corrected"))
                && within(tokens, 0, 8, Set.of("issue", "issues", "bug", "bugs", "problem", "error"));
        return first || fixed;
    }

    private static boolean past(List<Token> tokens, Hit hit) {
        return within(tokens, hit.from() - 1, hit.from(), Set.of("did"))
                || within(tokens, hit.from(), hit.to(), Set.of("was", "were", "wasn", "had", "previously"));
    }

    private static boolean ofClients(List<Token> tokens, Hit hit) {
        return hit.entry().rule().equals("mixed-versions")
                && within(tokens, hit.from() - BEFORE - 1, hit.from() + 1, CLIENTS);
    }

    /** "It is not true that ..." and "outside of" make a ban none. */
    private static boolean denied(List<Token> tokens, Hit hit) {
        boolean outside = within(tokens, hit.from(), hit.to() + 6, Set.of("outside"));
        boolean noLonger = within(tokens, hit.from() - 3, hit.from(), Set.of("longer", "previously", "formerly"));
        boolean harmless = within(tokens, hit.to() - 1, hit.to(), Set.of("not", "never"))
                && within(tokens, hit.to(), hit.to() + 2, HARM);
        boolean untroubled = within(tokens, hit.from() + 1, hit.to() + 1, TROUBLE);
        return outside || noLonger || harmless || untroubled || deniedOnce(tokens, hit);
    }

    /** A ban in words without a "not" is none behind one, or around one: "nothing prevents", "need not have the same version". */
    private static boolean deniedOnce(List<Token> tokens, Hit hit) {
        boolean plain = NEGATIONS.stream().noneMatch(hit.entry().phrase()::names);
        return plain && (negated(tokens, hit) || within(tokens, hit.from(), hit.to(), Set.of("not", "never")));
    }

    private static boolean startsNegated(List<Token> tokens, Hit hit) {
        return NEGATIONS.contains(tokens.get(hit.from()).word());
    }

    private static Optional<Says> demand(List<Token> tokens, Hit hit, boolean negated) {
        if (negated && insisted(tokens, hit)) {
            return Optional.of(Says.DEMANDS_STOP);
        }
        boolean denied = within(tokens, hit.to(), hit.to() + 2, Set.of("not", "never"))
                && within(tokens, hit.to(), hit.to() + 5, Set.of("required", "needed", "necessary", "need"));
        if (negated || denied || within(tokens, hit.from(), hit.to(), Set.of("not", "no", "never", "without"))) {
            return Optional.of(Says.ALLOWS);
        }
        if (bothWays(tokens, hit)) {
            return Optional.of(Says.ALLOWS);
        }
        boolean excepted = within(tokens, hit.to(), hit.to() + BEFORE, EXCEPTIONS)
                || within(tokens, hit.from(), hit.to(), EXCEPTIONS);
        boolean offered = within(tokens, hit.from() - BEFORE, hit.from(), OFFERING)
                || OFFERING.contains(tokens.get(0).word());
        boolean feature = NEWS.contains(tokens.get(0).word()) && within(tokens, 1, 6, FEATURES);
        boolean brief = within(tokens, hit.from() - 3, hit.from(), Set.of("milliseconds", "microseconds", "second"));
        return excepted || offered || brief || feature ? Optional.empty() : Optional.of(Says.DEMANDS_STOP);
    }

    /** "Not before all nodes are stopped", "do not forget to stop them": what is denied is to do without. */
    private static boolean insisted(List<Token> tokens, Hit hit) {
        for (int i = hit.from() - 1; i >= Math.max(0, hit.from() - 2 * BEFORE); i--) {
            if (NEGATIONS.contains(tokens.get(i).word())) {
                return false;
            }
            if (INSISTING.contains(tokens.get(i).word())) {
                return true;
            }
        }
        return false;
    }

    /** A stop that is the condition for going on: until, unless, only if. */
    private static boolean asked(List<Token> tokens, List<Clause> clauses, Hit hit) {
        return FLIPPED.contains(hit.entry().says())
                && within(tokens, hit.from(), hit.to(), STOPPED)
                && clauses.stream()
                        .filter(c -> c.holds(hit.from()) || c.holds(hit.to() - 1))
                        .anyMatch(c -> (c.from() > 0 && tokens.get(c.from() - 1).is("only"))
                                || ((tokens.get(c.from()).is("until") || c.unless()) && barred(tokens, c)));
    }

    /** Whether something must not be, or fails, outside of the clause. */
    private static boolean barred(List<Token> tokens, Clause clause) {
        return within(tokens, 0, clause.from(), NEGATIONS) || within(tokens, clause.to(), tokens.size(), BARRED);
    }

    /** {@code stop the cluster, or single nodes if performing a rolling upgrade}. */
    private static boolean bothWays(List<Token> tokens, Hit hit) {
        for (int i = hit.to(); i < tokens.size(); i++) {
            if (tokens.get(i).is("or")
                    && within(tokens, i, i + 10, Set.of("rolling", "individual", "individually", "soft"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean negated(List<Token> tokens, Hit hit) {
        int negations = 0;
        for (int i = hit.from() - 1; i >= Math.max(0, hit.from() - 2 * BEFORE); i--) {
            if (tokens.get(i + 1).stop() || tokens.get(i + 1).comma()) {
                break;
            }
            boolean near = i >= hit.from() - BEFORE || negations > 0;
            if (near
                    && (NEGATIONS.contains(tokens.get(i).word())
                            || tokens.get(i).is("impossible"))) {
                negations++;
            }
        }
        return negations % 2 == 1;
    }

    private static boolean tentative(List<Token> tokens, Hit hit) {
        return within(tokens, hit.from() - BEFORE, hit.to() + 2, TENTATIVE);
    }

    private static boolean within(List<Token> tokens, int from, int to, Set<String> words) {
        for (int i = Math.max(0, from); i < Math.min(tokens.size(), to); i++) {
            if (words.contains(tokens.get(i).word())) {
                return true;
            }
        }
        return false;
    }
}

package dev.rota.coordinator.notes.language;

import dev.rota.coordinator.notes.language.Clauses.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds sentences that speak of nodes, of two releases, and of what must not be: they may be a ban in words no rule knows. Better a
 * question to a person than a soft upgrade against a ban.
 */
final class Suspicion {
    private static final Set<String> NODES = Set.of("node", "nodes", "cluster", "clusters", "clustered", "members");
    private static final Set<String> NEGATIVE = Set.of(
            "not",
            "never",
            "no",
            "unable",
            "impossible",
            "prevents",
            "prevent",
            "must",
            "incompatible",
            "only",
            "fail",
            "fails",
            "breaks",
            "cease",
            "refuse",
            "refuses",
            "crash",
            "crashes",
            "forbidden");
    private static final Set<String> AGE =
            Set.of("old", "older", "previous", "earlier", "mixed", "different", "both", "newer");
    private static final Set<String> WHAT = Set.of(
            "node", "nodes", "version", "versions", "release", "releases", "server", "servers", "cluster", "members");
    private static final Set<String> VERBS = Set.of(
            "run",
            "running",
            "runs",
            "join",
            "joins",
            "joined",
            "connect",
            "connected",
            "communicate",
            "talk",
            "cluster",
            "coexist",
            "active",
            "together",
            "form",
            "forming",
            "added",
            "mix",
            "mixed",
            "start",
            "started",
            "upgrade",
            "upgraded",
            "upgrading",
            "work",
            "stop",
            "stopped",
            "understand",
            "interoperate",
            "see",
            "reach",
            "replicate",
            "sync",
            "exchange");

    private Suspicion() {}

    /** Whether the words outside of conditions are suspicious. */
    static boolean in(List<Token> all, List<Clause> conditions, Set<String> names) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int at = i;
            if (conditions.stream().noneMatch(c -> c.holds(at))) {
                tokens.add(all.get(i));
            }
        }
        boolean nodes = false;
        boolean negative = false;
        boolean verb = false;
        for (Token token : tokens) {
            nodes |= NODES.contains(token.word());
            negative |= NEGATIVE.contains(token.word());
            verb |= VERBS.contains(token.word());
        }
        return nodes
                && negative
                && verb
                && (aged(tokens) || Mentions.in(tokens, names).size() > 1);
    }

    /** "old nodes", "the previous version", "only one version". */
    private static boolean aged(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean age = AGE.contains(tokens.get(i).word());
            boolean one = tokens.get(i).is("one") && tokens.get(i + 1).word().startsWith("version");
            int to = Math.min(tokens.size(), i + 4);
            if (one || (age && tokens.subList(i + 1, to).stream().anyMatch(t -> WHAT.contains(t.word())))) {
                return true;
            }
        }
        return false;
    }
}

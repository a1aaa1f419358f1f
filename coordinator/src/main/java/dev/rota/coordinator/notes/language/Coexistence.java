package dev.rota.coordinator.notes.language;

import java.util.List;
import java.util.Set;

/** Words for nodes of two releases next to each other, and for what must not or cannot be. */
final class Coexistence {
    private static final Set<String> NODES = Set.of(
            "node",
            "nodes",
            "cluster",
            "clusters",
            "clustered",
            "clustering",
            "members",
            "brokers",
            "peers",
            "follower",
            "followers",
            "leader",
            "leaders");
    private static final Set<String> DENIALS = Set.of(
            "not",
            "never",
            "no",
            "unable",
            "must",
            "only",
            "unsupported",
            "avoid",
            "cease",
            "forbidden",
            "prohibited",
            "disallowed",
            "impossible");
    private static final Set<String> FAILURES = Set.of(
            "fail",
            "fails",
            "breaks",
            "break",
            "breaking",
            "broken",
            "crash",
            "crashes",
            "incompatible",
            "prevents",
            "prevent",
            "refuse",
            "refuses",
            "reject",
            "rejected",
            "lost",
            "loss",
            "corrupt",
            "corrupted",
            "corruption",
            "dropped",
            "inconsistent",
            "undefined",
            "malfunction",
            "misbehave");
    private static final Set<String> AGES = Set.of(
            "old",
            "older",
            "previous",
            "earlier",
            "mixed",
            "different",
            "both",
            "newer",
            "two",
            "heterogeneous",
            "upgraded",
            "unupgraded");
    private static final Set<String> PAIRS = Set.of("both", "two", "mixed", "different", "heterogeneous");
    private static final Set<String> WHAT = Set.of(
            "node",
            "nodes",
            "version",
            "versions",
            "release",
            "releases",
            "server",
            "servers",
            "cluster",
            "clusters",
            "members",
            "one",
            "ones",
            "code",
            "software");
    private static final Set<String> TOGETHER = Set.of(
            "together",
            "alongside",
            "coexist",
            "mix",
            "mixed",
            "mixing",
            "share",
            "same",
            "heterogeneous",
            "simultaneously",
            "concurrently",
            "parallel");
    private static final Set<String> RUNS = Set.of("run", "running", "runs", "active", "operate", "operating");
    private static final Set<String> VERBS = Set.of(
            "join",
            "joins",
            "joined",
            "connect",
            "connected",
            "connection",
            "connections",
            "communicate",
            "talk",
            "talking",
            "cluster",
            "clustering",
            "form",
            "forming",
            "added",
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
            "read",
            "write",
            "reach",
            "replicate",
            "sync",
            "exchange",
            "parse",
            "parsed",
            "use",
            "access",
            "load",
            "shared");

    private static final int UNIFORM = 8;

    private Coexistence() {}

    /** Whether words say that two releases and a denial or failure meet. */
    static boolean isDenied(List<Token> tokens, Set<String> names) {
        if (uniform(tokens, names)) {
            return true;
        }
        boolean failing = any(tokens, FAILURES);
        if (!failing && !any(tokens, DENIALS)) {
            return false;
        }
        boolean nodes = any(tokens, NODES);
        boolean named = Mentions.in(tokens, names).size() > 1;
        boolean pair = named || pair(tokens);
        boolean aged = aged(tokens);
        if (pair && (together(tokens) || any(tokens, RUNS))) {
            return nodes || named || !any(tokens, Set.of("api", "client", "clients", "browser", "browsers"));
        }
        boolean compatibility = tokens.stream().anyMatch(t -> t.word().contains("compatib"));
        boolean verb = any(tokens, VERBS) || any(tokens, RUNS) || together(tokens);
        return nodes && (((pair || aged) && (failing || verb)) || (compatibility && failing));
    }

    /** "All nodes need to run 4.2." */
    private static boolean uniform(List<Token> tokens, Set<String> names) {
        for (Mentions.Mention mention : Mentions.in(tokens, names)) {
            List<Token> before = tokens.subList(Math.max(0, mention.token() - UNIFORM), mention.token());
            if (any(before, Set.of("all", "every", "each"))
                    && any(before, NODES)
                    && any(before, Set.of("must", "need", "needs", "have", "has"))
                    && any(before, Set.of("run", "on", "use"))
                    && !any(before, Set.of("been", "not"))) {
                return true;
            }
        }
        return false;
    }

    /** The same for nodes that the sentence before names. */
    static boolean isDeniedOf(List<Token> tokens, List<Token> before) {
        boolean denied = any(tokens, DENIALS) || any(tokens, FAILURES);
        return denied && any(before, NODES) && aged(tokens) && any(tokens, VERBS);
    }

    /** Whether a clause supposes that releases are mixed, as every rolling upgrade does. */
    static boolean isMeant(List<Token> tokens) {
        boolean sideBySide = any(tokens, NODES) && any(tokens, Set.of("and", "same", "differ", "different"));
        return pair(tokens) || (aged(tokens) && (sideBySide || any(tokens, Set.of("differ"))));
    }

    private static boolean any(List<Token> tokens, Set<String> words) {
        return tokens.stream().anyMatch(t -> words.contains(t.word()));
    }

    private static boolean together(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).is("once") && tokens.get(i - 1).is("at")) {
                return true;
            }
        }
        return any(tokens, TOGETHER);
    }

    /** "both versions", "two releases". */
    private static boolean pair(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            String next = tokens.get(i + 1).word();
            if (PAIRS.contains(tokens.get(i).word()) && (next.startsWith("version") || next.startsWith("release"))) {
                return true;
            }
        }
        return false;
    }

    /** "old nodes", "the previous version", "only one version", "4.1 nodes", "versions differ". */
    private static boolean aged(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            String word = tokens.get(i).word();
            String next = tokens.get(i + 1).word();
            boolean one = word.equals("one") && next.startsWith("version");
            boolean still = word.equals("still") && (next.equals("running") || next.equals("on"));
            boolean differ = word.equals("versions") && (next.equals("differ") || next.equals("mismatch"));
            boolean numbered = NODES.contains(next)
                    && word.indexOf('.') > 0
                    && VersionRange.of(word).isPresent();
            if (one || still || differ || numbered || (AGES.contains(word) && any(after(tokens, i), WHAT))) {
                return true;
            }
        }
        return false;
    }

    private static List<Token> after(List<Token> tokens, int at) {
        return tokens.subList(at + 1, Math.min(tokens.size(), at + 4));
    }
}

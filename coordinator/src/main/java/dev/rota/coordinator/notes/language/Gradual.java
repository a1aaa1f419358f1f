package dev.rota.coordinator.notes.language;

import java.util.List;
import java.util.Set;

/** Words for an upgrade node by node, and for doubts about one. */
final class Gradual {
    private static final Set<String> KINDS = Set.of(
            "rolling",
            "soft",
            "live",
            "hot",
            "online",
            "gradual",
            "staggered",
            "seamless",
            "sequential",
            "individual",
            "uninterrupted");
    private static final List<String> UPGRADES = List.of("upgrad", "updat", "restart", "deploy", "procedure");
    private static final Set<String> DENIALS = Set.of(
            "not", "never", "no", "nor", "unsupported", "only", "impossible", "unable", "forbidden", "prohibited");
    private static final Set<String> TROUBLE = Set.of(
            "issue",
            "issues",
            "problem",
            "problems",
            "trouble",
            "risk",
            "risky",
            "caveat",
            "caveats",
            "caution",
            "errors",
            "depends",
            "depend",
            "fail",
            "fails",
            "break",
            "breaks",
            "corrupt",
            "corrupts",
            "lose",
            "loses",
            "crash",
            "crashes",
            "inconsistent");
    private static final Set<String> RELIEF =
            Set.of("no", "not", "without", "avoid", "avoids", "fix", "fixes", "prevent");
    private static final Set<String> HARM =
            Set.of("fail", "break", "harm", "corrupt", "lead", "cause", "affect", "lose");
    private static final int REACH = 3;

    private Gradual() {}

    /**
     * "There are issues with a rolling upgrade", "nodes cannot be upgraded individually".
     *
     * @param all the sentence
     * @param outside its words outside of conditions
     */
    static boolean isDoubted(List<Token> all, List<Token> outside) {
        boolean doubted = all.stream().anyMatch(t -> t.is("whether"));
        for (int i = 0; i < outside.size(); i++) {
            doubted |= denied(outside, i) || troubled(outside, i);
        }
        return doubted && isNamed(all) && !relieved(all);
    }

    /** Whether words name a gradual upgrade. */
    static boolean isNamed(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (startsAt(tokens, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean denied(List<Token> tokens, int at) {
        boolean past = at > 0 && tokens.get(at - 1).is("did");
        return DENIALS.contains(tokens.get(at).word()) && !past && !HARM.contains(word(tokens, at + 1));
    }

    /** Whether trouble is told of. */
    static boolean isTroubled(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (troubled(tokens, i)) {
                return true;
            }
        }
        return false;
    }

    /** Trouble that is not denied. */
    private static boolean troubled(List<Token> tokens, int at) {
        return TROUBLE.contains(tokens.get(at).word()) && !relieved(tokens, at);
    }

    /** All that is denied is trouble: "we know of no problems". */
    private static boolean relieved(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (TROUBLE.contains(tokens.get(i).word()) && relieved(tokens, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean relieved(List<Token> tokens, int at) {
        int from = Math.max(0, at - REACH);
        boolean fixed = tokens.get(0).word().startsWith("fix") || mended(tokens);
        return fixed || tokens.subList(from, at).stream().anyMatch(t -> RELIEF.contains(t.word()));
    }

    /** "Which is fixed now." */
    private static boolean mended(List<Token> tokens) {
        boolean mended = tokens.stream().anyMatch(t -> t.is("fixed") || t.is("resolved") || t.is("solved"));
        return mended && tokens.stream().noneMatch(t -> t.is("will") || t.is("not") || t.is("until"));
    }

    /** Whether a token starts the name of a gradual upgrade: "rolling upgrade", "node by node", "one at a time". */
    private static boolean startsAt(List<Token> tokens, int at) {
        String word = tokens.get(at).word();
        String next = word(tokens, at + 1);
        String third = word(tokens, at + 2);
        if (KINDS.contains(word)) {
            return UPGRADES.stream().anyMatch(next::startsWith);
        }
        return switch (word) {
            case "node", "server" -> next.equals("by") && third.equals(word);
            case "one" ->
                (next.equals("by") && third.equals("one"))
                        || next.equals("after")
                        || (next.equals("at") && third.equals("a"))
                        || (third.equals("at") && word(tokens, at + 3).equals("a"))
                        || third.equals("after");
            case "on" -> next.equals("the") && third.equals("fly") && upgrades(tokens);
            case "individually", "separately" -> upgrades(tokens);
            case "downtime" -> next.equals("free");
            default -> false;
        };
    }

    private static boolean upgrades(List<Token> tokens) {
        return tokens.stream()
                .anyMatch(t -> t.word().startsWith("upgrad") || t.word().startsWith("updat"));
    }

    private static String word(List<Token> tokens, int i) {
        return i < tokens.size() ? tokens.get(i).word() : "";
    }
}

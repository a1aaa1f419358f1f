package dev.rota.coordinator.notes.language;

import java.util.List;
import java.util.Set;

/** A denial of what the sentence before spoke of: "You know rolling upgrades. This time they are not possible." */
final class Reference {
    private static final Set<String> PRONOUNS = Set.of("they", "it", "this", "that", "these", "those", "them");
    private static final Set<String> DENIALS = Set.of("not", "never", "impossible", "unsupported", "longer");
    private static final Set<String> ABILITIES = Set.of(
            "possible",
            "supported",
            "work",
            "available",
            "recommended",
            "allowed",
            "feasible",
            "safe",
            "viable",
            "used",
            "performed",
            "done",
            "impossible",
            "unsupported");
    private static final int LEAD = 5;
    private static final int REACH = 4;

    private Reference() {}

    /** Whether a sentence takes back a gradual upgrade, or nodes next to each other, that the one before names. */
    static boolean denies(List<Token> tokens, List<Token> before) {
        List<Token> lead = tokens.subList(0, Math.min(LEAD, tokens.size()));
        if (lead.stream().noneMatch(t -> PRONOUNS.contains(t.word()))) {
            return false;
        }
        return (Gradual.isNamed(before) && unable(tokens)) || Coexistence.isDeniedOf(tokens, before);
    }

    private static boolean unable(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            List<Token> after = tokens.subList(i, Math.min(tokens.size(), i + REACH));
            if (DENIALS.contains(tokens.get(i).word()) && after.stream().anyMatch(t -> ABILITIES.contains(t.word()))) {
                return true;
            }
        }
        return false;
    }
}

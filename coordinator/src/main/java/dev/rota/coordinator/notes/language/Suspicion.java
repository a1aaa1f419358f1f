package dev.rota.coordinator.notes.language;

import dev.rota.coordinator.notes.language.Clauses.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds sentences that may be a ban in words no rule knows: they speak of nodes of two releases and of what must not be, of a gradual
 * upgrade and of trouble, or of an outage to come. Better a question to a person than a soft upgrade against a ban.
 */
final class Suspicion {
    private static final Set<String> OUTAGES =
            Set.of("downtime", "outage", "outages", "interruption", "interruptions", "disruption", "unavailability");
    private static final Set<String> COMING = Set.of(
            "will",
            "may",
            "might",
            "occur",
            "occurs",
            "cause",
            "causes",
            "take",
            "takes",
            "schedule",
            "plan",
            "expected");
    private static final Set<String> NODES =
            Set.of("node", "nodes", "server", "servers", "member", "members", "instance", "instances");
    private static final Set<String> JOINING =
            Set.of("join", "joins", "joined", "joining", "appears", "connects", "enters");
    private static final Set<String> DENIALS =
            Set.of("no", "not", "without", "never", "zero", "avoid", "minimize", "minimal");

    private Suspicion() {}

    /** Whether the words outside of conditions are suspicious. */
    static boolean in(List<Token> all, List<Clause> conditions, Set<String> names) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int at = i;
            if (conditions.stream().noneMatch(c -> c.holds(at) && !supposed(all, c))) {
                tokens.add(all.get(i));
            }
        }
        return Gradual.isDoubted(all, tokens) || Coexistence.isDenied(tokens, names) || outage(tokens);
    }

    /** A condition that every rolling upgrade meets, such as "while old and new nodes run side by side". */
    static boolean supposed(List<Token> all, Clause clause) {
        List<Token> words = all.subList(clause.from(), clause.to());
        boolean node = words.stream().anyMatch(t -> NODES.contains(t.word()));
        return Coexistence.isMeant(words) || (node && words.stream().anyMatch(t -> JOINING.contains(t.word())));
    }

    private static boolean outage(List<Token> tokens) {
        boolean outage = false;
        boolean denied = false;
        boolean coming = false;
        for (Token token : tokens) {
            outage |= OUTAGES.contains(token.word());
            denied |= DENIALS.contains(token.word());
            coming |= COMING.contains(token.word());
        }
        return outage && coming && !denied;
    }
}

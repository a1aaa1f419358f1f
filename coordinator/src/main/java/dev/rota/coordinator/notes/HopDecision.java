package dev.rota.coordinator.notes;

import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.notes.Finding.Kind;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import java.util.Optional;
import java.util.Set;

/**
 * Soft or full stop for a hop, from its notes and the rules of its product, without looking at a cluster.
 *
 * @param code the rule that decided, as in the decision table
 * @param sentence why, for an operator
 * @param evidence the lines that decided, or the best there are
 */
public record HopDecision(Mode mode, String code, String sentence, Optional<Finding> evidence, NotesReading reading) {
    private static final Set<Kind> PATH = Set.of(Kind.PATH_BAN, Kind.STEPPING_STONE);
    private static final Set<Kind> STOPS = Set.of(Kind.BAN, Kind.STOP_STEP, Kind.CONDITIONAL_BAN);

    /** Decides. */
    public static HopDecision of(ProductRules rules, Hop hop, ParsedNotes notes, Assumptions assumptions) {
        NotesReading reading = new NotesReader(rules.phrases()).read(notes, hop, assumptions);
        if (hop.to().compareTo(hop.from()) < 0) {
            return fullStop(
                    "PATH_FORBIDDEN",
                    hop.to() + " is older than " + hop.from(),
                    find(reading, Set.of(Kind.ONE_WAY)),
                    reading);
        }
        if (!rules.clustered()) {
            return fullStop("NOT_CLUSTERED", "the product does not run as a cluster", find(reading, STOPS), reading);
        }
        Optional<String> skips =
                rules.skips(hop.from(), hop.to(), HopFinder.releases(HopFinder.find(notes.documents())));
        if (skips.isPresent()) {
            return fullStop("PATH_SKIPS", skips.get(), find(reading, PATH), reading);
        }
        return fromNotes(rules, hop, reading);
    }

    private static HopDecision fromNotes(ProductRules rules, Hop hop, NotesReading reading) {
        NotesVerdict verdict = reading.verdict();
        Optional<String> code = verdict.code();
        if (code.isPresent()) {
            String why = verdict.reasons().get(0).sentence();
            return fullStop(code.get(), why, verdict.evidence(), reading);
        }
        boolean stops = find(reading, Set.of(Kind.STOP_STEP)).isPresent();
        Mode silent = rules.whenSilent(hop.from(), hop.to(), stops);
        boolean soft = silent == Mode.SOFT;
        String why = soft
                ? "nothing in the notes forbids it, and the product's procedure upgrades node by node"
                : "the product's procedure stops all nodes";
        Optional<Finding> evidence =
                soft ? verdict.evidence() : find(reading, STOPS).or(verdict::evidence);
        return new HopDecision(silent, "PROCEDURE_DEFAULT", why, evidence, reading);
    }

    private static HopDecision fullStop(String code, String why, Optional<Finding> evidence, NotesReading reading) {
        return new HopDecision(Mode.FULL_STOP, code, why, evidence, reading);
    }

    private static Optional<Finding> find(NotesReading reading, Set<Kind> kinds) {
        return reading.findings().stream().filter(f -> kinds.contains(f.kind())).findFirst();
    }
}

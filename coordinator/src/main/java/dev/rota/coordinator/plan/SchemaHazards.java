package dev.rota.coordinator.plan;

import dev.rota.contract.Recipe.Hazard;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.notes.sql.Database;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The rule that looks for what a release changes under the feet of nodes that still run the one before. */
final class SchemaHazards {
    private static final String STORAGE = "storage";
    private static final String SQL = "sql";

    private SchemaHazards() {}

    static Reason look(PlanInputs in, Hop hop, ReadNotes notes) {
        Optional<Hazard> hazard = in.recipe().hazards().stream()
                .filter(h -> between(h.release(), hop))
                .filter(h -> h.when().entrySet().stream().allMatch(w -> mayHold(w, notes.assumed())))
                .findFirst();
        return hazard.map(h -> new Reason(
                        Code.SCHEMA_HAZARD, h.release() + " " + h.why() + condition(h, notes.assumed()), true))
                .orElseGet(() -> SqlRenames.look(notes)
                        .orElseGet(() -> new Reason(
                                Code.SCHEMA_HAZARD,
                                "no change is known that nodes of " + hop.from() + " would not survive",
                                false)));
    }

    private static boolean between(Version release, Hop hop) {
        Version older = hop.from().compareTo(hop.to()) < 0 ? hop.from() : hop.to();
        Version newer = older.equals(hop.from()) ? hop.to() : hop.from();
        return release.compareTo(older) > 0 && release.compareTo(newer) <= 0;
    }

    /** What is not known may be so. */
    private static boolean mayHold(Map.Entry<String, String> condition, SortedMap<String, String> assumed) {
        String known = assumed.get(condition.getKey());
        if (known == null || known.toLowerCase(Locale.ROOT).equals(condition.getValue())) {
            return true;
        }
        return condition.getKey().equals(STORAGE)
                && (condition.getValue().equals(SQL)
                        ? !Database.named(known).isEmpty()
                        : known.equals(SQL)
                                && !Database.named(condition.getValue()).isEmpty());
    }

    private static String condition(Hazard hazard, SortedMap<String, String> assumed) {
        List<String> open = hazard.when().entrySet().stream()
                .filter(w -> !assumed.containsKey(w.getKey()))
                .map(w -> w.getKey() + "=" + w.getValue())
                .toList();
        if (!open.isEmpty()) {
            return " (taken as so because nobody has said otherwise: " + String.join(", ", open)
                    + "; --assume answers it)";
        }
        return hazard.when().isEmpty()
                ? ""
                : hazard.when().keySet().stream()
                        .map(key -> key + "=" + Objects.requireNonNull(assumed.get(key)))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}

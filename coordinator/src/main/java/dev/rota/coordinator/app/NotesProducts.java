package dev.rota.coordinator.app;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.notes.Phrases;
import dev.rota.coordinator.notes.ProductRules;
import dev.rota.coordinator.notes.language.VersionRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** What the offline commands know about products; a product that is not here is read by the general rules and may be upgraded soft. */
final class NotesProducts {
    /** Mattermost promises compatible migrations only from one extended support release to the next. */
    private static final List<Version> MATTERMOST_ESR = List.of(
                    "4.10", "5.9", "5.19", "5.25", "5.31", "5.37", "6.3", "7.1", "7.8", "8.1", "9.5", "9.11", "10.5",
                    "10.11", "11.7")
            .stream()
            .map(Version::parse)
            .toList();

    private NotesProducts() {}

    static ProductRules of(String product) {
        return switch (product) {
            case "ejabberd" -> new Rules(phrases(product, false), true, Mode.SOFT, NotesProducts::consecutive);
            case "mattermost" -> new Rules(phrases(product, true), true, Mode.SOFT, NotesProducts::supported);
            case "seafile" -> new Rules(phrases(product, false), true, Mode.FULL_STOP, NotesProducts::any);
            case "nextcloud" -> new Rules(phrases(product, false), true, Mode.FULL_STOP, NotesProducts::any);
            case "appcircle" -> new Rules(phrases(product, false), false, Mode.FULL_STOP, NotesProducts::any);
            default -> new Rules(phrases(product, false), true, Mode.SOFT, NotesProducts::any);
        };
    }

    private static Phrases phrases(String product, boolean schemaChangesNeedPermission) {
        return new Phrases(Set.of(product), List.of(), List.of(), schemaChangesNeedPermission);
    }

    private static Optional<String> any(Version from, Version to, SortedSet<Version> known) {
        return Optional.empty();
    }

    /** Only from one release to the next; releases are named after year and month, so two years are never one step. */
    private static Optional<String> consecutive(Version from, Version to, SortedSet<Version> known) {
        Optional<String> skipped = between(from, to, known);
        int years = to.parts().get(0) - from.parts().get(0);
        return skipped.isPresent() || years < 2
                ? skipped
                : Optional.of("going from " + from + " to " + to + " skips the releases of " + (years - 1)
                        + " years or more");
    }

    private static Optional<String> supported(Version from, Version to, SortedSet<Version> known) {
        return between(from, to, known)
                .or(() -> MATTERMOST_ESR.stream()
                        .filter(esr ->
                                esr.compareTo(from) > 0 && !VersionRange.of(esr).contains(to) && esr.compareTo(to) < 0)
                        .findFirst()
                        .map(esr -> "going from " + from + " to " + to + " skips the extended support release " + esr));
    }

    private static Optional<String> between(Version from, Version to, SortedSet<Version> known) {
        List<String> skipped = known.stream()
                .filter(v -> v.compareTo(from) > 0
                        && v.compareTo(to) < 0
                        && !VersionRange.of(to).contains(v))
                .map(Version::text)
                .toList();
        return skipped.isEmpty()
                ? Optional.empty()
                : Optional.of("going from " + from + " to " + to + " skips " + String.join(", ", skipped));
    }

    /** Says whether a hop is more than one step. */
    private interface Path {
        Optional<String> skips(Version from, Version to, SortedSet<Version> known);
    }

    private record Rules(Phrases phrases, boolean clustered, Mode whenSilent, Path path) implements ProductRules {
        @Override
        public Optional<String> skips(Version from, Version to, SortedSet<Version> known) {
            return path.skips(from, to, known);
        }
    }
}

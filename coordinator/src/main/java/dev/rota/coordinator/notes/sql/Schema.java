package dev.rota.coordinator.notes.sql;

import java.util.Locale;
import java.util.Optional;

/** Which of a product's two table layouts statements are for. */
public enum Schema {
    OLD("old"),
    NEW("new"),
    /** Not said, or both. */
    ANY("any");

    private final String label;

    Schema(String label) {
        this.label = label;
    }

    /** The word in reports. */
    public String label() {
        return label;
    }

    /** The layout a text names, if it names one. */
    public static Optional<Schema> named(String text) {
        String t = text.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
        t = t.replace("new schema change", "").replace("new schema migration", "");
        boolean toNew = has(t, "from old to new", "from the old to the new", "old to new schema");
        boolean both =
                has(t, "default/new schema", "old/new schema", "new/default schema", "new/old schema", "both schema");
        boolean fresh = has(t, "new schema", "new sql schema", ".new.sql", "multihost schema", "schema multihost");
        boolean old = has(
                t,
                "legacy `",
                "older `",
                "old `",
                "old schema",
                "old sql schema",
                "default schema",
                "legacy schema",
                "previous schema");
        if (!fresh && old) {
            return Optional.of(OLD);
        }
        if (has(t, ".sql` or", "mysql.sql", "pg.sql", "lite.sql") && has(t, ".new.sql")) {
            return Optional.of(ANY);
        }
        if (toNew) {
            return Optional.of(NEW);
        }
        if (both || (fresh && old)) {
            return Optional.of(ANY);
        }
        return fresh ? Optional.of(NEW) : old ? Optional.of(OLD) : Optional.empty();
    }

    private static boolean has(String text, String... words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}

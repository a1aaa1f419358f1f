package dev.rota.coordinator.plan;

import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.notes.Finding;
import dev.rota.coordinator.notes.sql.SqlStatement;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Statements that give a table or a column another name. Old nodes need the old name and new nodes the new one, so there is no moment
 * at which they could run while both are up.
 */
final class SqlRenames {
    /** A statement that is longer is no rename. */
    private static final int MAX_LENGTH = 10_000;
    /** What may be renamed without anybody looking for it by name. */
    private static final Set<String> HARMLESS = Set.of("index", "key", "constraint");

    private SqlRenames() {}

    /** The first one that concerns the cluster. */
    static Optional<Reason> look(ReadNotes notes) {
        return notes.findings().stream()
                .filter(f -> !f.optional() && f.sql().filter(notes::concerns).isPresent())
                .filter(f ->
                        f.sql().stream().flatMap(b -> b.statements().stream()).anyMatch(SqlRenames::renames))
                .findFirst()
                .map(SqlRenames::reason);
    }

    private static boolean renames(SqlStatement statement) {
        if (statement.text().length() > MAX_LENGTH) {
            return false;
        }
        List<String> words =
                Collections.list(new StringTokenizer(statement.text().toLowerCase(Locale.ROOT), " \t\r\n,;()'\"`[]."))
                        .stream()
                        .map(String::valueOf)
                        .toList();
        int rename = words.indexOf("rename");
        if (rename < 0 || rename + 1 == words.size()) {
            return words.contains("sp_rename");
        }
        String what = words.get(rename + 1);
        boolean alter = words.get(0).equals("alter") && words.get(1).equals("table");
        return rename == 0 ? what.equals("table") : alter && !HARMLESS.contains(what);
    }

    private static Reason reason(Finding f) {
        return new Reason(
                Code.SCHEMA_HAZARD,
                "a table or column gets another name, under which old nodes do not find it",
                true,
                Optional.of(ReadNotes.citation(f)));
    }
}

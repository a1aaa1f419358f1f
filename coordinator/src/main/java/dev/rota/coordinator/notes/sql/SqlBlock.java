package dev.rota.coordinator.notes.sql;

import java.util.List;
import java.util.Optional;

/**
 * A code block of a note that holds SQL, for one database and schema. A block that is for several is listed once for each.
 *
 * @param firstLine first line of the code, without the fence
 * @param headings the headings it stands under, outermost first
 */
public record SqlBlock(
        int firstLine,
        int lastLine,
        List<String> headings,
        Database database,
        Schema schema,
        List<SqlStatement> statements) {
    /** Copies the lists. */
    public SqlBlock {
        headings = List.copyOf(headings);
        statements = List.copyOf(statements);
    }

    /** Why it cannot be run as it is written, or nothing when it could be. */
    public Optional<String> problem() {
        return statements.stream()
                .flatMap(s -> s.problem().map(p -> "line " + s.firstLine() + ": " + p).stream())
                .findFirst();
    }

    /** Whether it changes anything. */
    public boolean changes() {
        return statements.stream().anyMatch(s -> s.effect() != SqlStatement.Effect.READ);
    }
}

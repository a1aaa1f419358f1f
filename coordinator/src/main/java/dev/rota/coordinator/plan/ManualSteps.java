package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.notes.Finding;
import dev.rota.coordinator.notes.Finding.Timing;
import dev.rota.coordinator.notes.sql.Database;
import dev.rota.coordinator.notes.sql.Schema;
import dev.rota.coordinator.notes.sql.SqlBlock;
import dev.rota.coordinator.notes.sql.SqlStatement;
import dev.rota.coordinator.notes.sql.SqlStatement.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the notes ask a person to do, at the batch that must wait for it. */
final class ManualSteps {
    /** More would be confirmed unread; the last step says so. */
    private static final int MAX_STEPS = 50;

    private static final int MAX_LINES = 400;
    private static final Set<Phase> HARMLESS = Set.of(Phase.STAGE, Phase.CHECK);

    private final Mode mode;
    private final ReadNotes notes;
    private final int number;
    private final int start;
    private final int end;
    private final List<ManualStep> steps = new ArrayList<>();
    private final Set<String> seen = new TreeSet<>();

    private ManualSteps(Mode mode, ReadNotes notes, int number, int start, int end) {
        this.mode = mode;
        this.notes = notes;
        this.number = number;
        this.start = start;
        this.end = end;
    }

    /**
     * The steps for a hop.
     *
     * @param before how many steps the hops before have
     * @param start index of the first batch that changes anything
     * @param end index behind the hop's last batch
     */
    static List<ManualStep> of(ReadNotes notes, Mode mode, int before, int start, int end) {
        ManualSteps steps = new ManualSteps(mode, notes, before, start, end);
        notes.findings().stream().filter(f -> !f.optional()).forEach(steps::take);
        return List.copyOf(steps.steps);
    }

    /** Index of the first batch that changes anything; their number when none does. */
    static int firstEffect(List<Plan.Batch> batches) {
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i).lanes().stream()
                    .flatMap(l -> l.steps().stream())
                    .anyMatch(s -> !HARMLESS.contains(s.phase()))) {
                return i;
            }
        }
        return batches.size();
    }

    private void take(Finding f) {
        switch (f.kind()) {
            case DATABASE_CHANGE -> f.sql().filter(notes::concerns).ifPresent(sql -> statements(f, sql));
            case CONFIGURATION_CHANGE -> step(f, "check the configuration", List.of());
            case PROXY_CHANGE -> step(f, "check the proxy", List.of());
            case DNS_CHANGE -> step(f, "check DNS", List.of());
            case MINIMUM_VERSION -> step(f, "check what is required", List.of());
            case ONE_WAY -> step(f, "there is no way back without a backup", List.of());
            default -> {}
        }
    }

    private void statements(Finding f, SqlBlock sql) {
        List<SqlStatement> later = sql.statements().stream()
                .filter(s -> mode == Mode.SOFT && s.effect() == Effect.CONTRACT)
                .toList();
        List<SqlStatement> first =
                sql.statements().stream().filter(s -> !later.contains(s)).toList();
        add(f, sql, first, timed(f));
        add(f, sql, later, end);
    }

    private void add(Finding f, SqlBlock sql, List<SqlStatement> statements, int beforeBatch) {
        if (statements.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        statements.forEach(s -> s.problem()
                .ifPresent(p -> lines.add("-- line " + s.firstLine() + " cannot run as it is written: " + p)));
        statements.forEach(s -> (s.text() + ";").lines().forEach(lines::add));
        String schema = sql.schema() == Schema.ANY ? "" : ", " + sql.schema().label() + " schema";
        String database =
                sql.database() == Database.ANY ? "" : " (" + sql.database().label() + schema + ")";
        String title = "run " + statements.size() + " SQL statement" + (statements.size() == 1 ? "" : "s") + database;
        put(f, beforeBatch, title, lines);
    }

    private void step(Finding f, String what, List<String> lines) {
        put(f, timed(f), what + ": " + f.quote(), lines);
    }

    private int timed(Finding f) {
        return f.timing().equals(Optional.of(Timing.AFTER)) ? end : start;
    }

    private void put(Finding f, int beforeBatch, String title, List<String> lines) {
        String only = f.conditions().isEmpty() ? "" : " [only " + String.join("; ", f.conditions()) + "]";
        if (!seen.add(beforeBatch + title + only + lines) || steps.size() >= MAX_STEPS) {
            return;
        }
        boolean full = steps.size() == MAX_STEPS - 1;
        steps.add(new ManualStep(
                "m" + (number + steps.size() + 1),
                beforeBatch,
                full ? "read the notes: there is more to do by hand than is listed here" : title + only,
                lines.size() <= MAX_LINES ? lines : lines.subList(0, MAX_LINES),
                Optional.of(ReadNotes.citation(f))));
    }
}

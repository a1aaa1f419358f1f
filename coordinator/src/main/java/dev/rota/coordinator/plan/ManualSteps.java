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
    private final int stopped;
    private final int end;
    private final List<ManualStep> steps = new ArrayList<>();
    private final Set<String> seen = new TreeSet<>();

    private ManualSteps(Mode mode, ReadNotes notes, int number, int start, int stopped, int end) {
        this.mode = mode;
        this.notes = notes;
        this.number = number;
        this.start = start;
        this.stopped = stopped;
        this.end = end;
    }

    /**
     * The steps for a hop.
     *
     * @param before how many steps the hops before have
     * @param first index of the hop's first batch in the plan
     * @param batches the hop's
     */
    static List<ManualStep> of(ReadNotes notes, Mode mode, int before, int first, List<Plan.Batch> batches) {
        int start = firstEffect(batches);
        int stopped = mode == Mode.SOFT ? start : Math.max(start, afterLastStop(batches));
        ManualSteps steps =
                new ManualSteps(mode, notes, before, first + start, first + stopped, first + batches.size());
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

    /** Index of the first batch before which all nodes are stopped, in a full stop. */
    private static int afterLastStop(List<Plan.Batch> batches) {
        int after = 0;
        for (int i = 0; i < batches.size(); i++) {
            boolean stops = batches.get(i).lanes().stream()
                    .flatMap(l -> l.steps().stream())
                    .anyMatch(s -> s.phase() == Phase.STOP);
            after = stops ? i + 1 : after;
        }
        return after;
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

    /**
     * While nodes take turns, what takes away comes after the last of them. In a full stop, what only adds comes before, to keep it
     * short, and all else while no node runs that could stumble over it.
     */
    private void statements(Finding f, SqlBlock sql) {
        boolean late = f.timing().equals(Optional.of(Timing.AFTER));
        List<SqlStatement> first = new ArrayList<>();
        List<SqlStatement> then = new ArrayList<>();
        for (SqlStatement s : sql.statements()) {
            boolean adds = s.effect() == Effect.EXPAND || s.effect() == Effect.READ;
            boolean early = mode == Mode.SOFT ? s.effect() != Effect.CONTRACT : adds;
            (early ? first : then).add(s);
        }
        add(f, sql, first, late ? end : start);
        add(f, sql, then, late || mode == Mode.SOFT ? end : stopped);
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

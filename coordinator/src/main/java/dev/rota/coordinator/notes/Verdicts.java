package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.NotesVerdict.Outcome;
import dev.rota.coordinator.notes.NotesVerdict.Reason;
import dev.rota.coordinator.notes.Sections.Relation;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Assumptions.Truth;
import dev.rota.coordinator.notes.language.Condition;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.language.Says;
import dev.rota.coordinator.notes.language.Statement;
import dev.rota.coordinator.notes.text.Block;
import dev.rota.coordinator.notes.text.Sentence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Weighs what notes say about a hop. A ban beats everything, then what is unclear, then permissions. */
final class Verdicts {
    private final Hop hop;
    private final Assumptions assumptions;
    private final boolean schemaNeedsPermission;
    private final List<Reason> bans = new ArrayList<>();
    private final List<Reason> unclear = new ArrayList<>();
    private final List<Reason> generalBans = new ArrayList<>();
    private final List<Reason> generalUnclear = new ArrayList<>();
    private final List<Reason> permissions = new ArrayList<>();
    private final List<Reason> compatible = new ArrayList<>();
    private final List<Reason> passed = new ArrayList<>();
    private final List<Reason> others = new ArrayList<>();
    private final Map<Integer, Unit> units = new TreeMap<>();
    /** A permission speaks of just this kind of step. */
    private boolean meant;

    /** What one section or table cell says about the schema. */
    private static final class Unit {
        private final Map<Says, Finding> said = new EnumMap<>(Says.class);
        private boolean optional;
    }

    Verdicts(Hop hop, Assumptions assumptions, boolean schemaNeedsPermission) {
        this.hop = hop;
        this.assumptions = assumptions;
        this.schemaNeedsPermission = schemaNeedsPermission;
    }

    void statement(Finding finding, Statement statement, List<Condition> conditions, Relation relation) {
        switch (statement.says()) {
            case FORBIDS, DEMANDS_STOP -> ban(finding, statement, conditions, relation);
            case ALLOWS, COMPATIBLE, NON_LOCKING -> permission(finding, statement, conditions);
            case CHANGES_SCHEMA, LOCKS, TAKES_LONG -> schema(finding, statement, relation);
            case NO_CHANGE ->
                others.add(new Reason("the note says that nothing of note changes", false, Optional.of(finding)));
            case STOPS, ALLOWS_STEP -> others.add(new Reason("a step of the procedure", false, Optional.of(finding)));
            default -> {}
        }
    }

    /** A sentence that leaves the change of a section to the reader. */
    void sentence(Sentence sentence) {
        String text = sentence.text().toLowerCase(Locale.ROOT);
        if (text.contains("optional") && (text.contains("entirely optional") || text.contains("is optional"))) {
            unit(sentence.block().unit()).optional = true;
        }
    }

    /** Statements of SQL are a change of the schema as well. */
    void statements(Finding finding, Block block, Relation relation) {
        boolean shown = finding.sql()
                .map(sql -> sql.statements().stream()
                        .anyMatch(s -> s.effect() != dev.rota.coordinator.notes.sql.SqlStatement.Effect.READ))
                .orElse(false);
        if (relation != Relation.GENERAL && shown) {
            unit(block.unit()).said.putIfAbsent(Says.CHANGES_SCHEMA, finding);
        }
    }

    private Unit unit(int number) {
        return units.computeIfAbsent(number, n -> new Unit());
    }

    private void ban(Finding finding, Statement statement, List<Condition> conditions, Relation relation) {
        String text = statement.sentence().text().toLowerCase(Locale.ROOT);
        Optional<Boolean> kind = KindOfHop.named(text, hop);
        if (text.contains("take effect") || kind.equals(Optional.of(false))) {
            passed.add(new Reason("this is about something else than this upgrade", false, Optional.of(finding)));
            return;
        }
        Optional<Condition> failing = conditions.stream()
                .filter(c -> assumptions.of(c) == Truth.FAILS)
                .findFirst();
        Optional<Condition> unknown = conditions.stream()
                .filter(c -> assumptions.of(c) == Truth.UNKNOWN)
                .findFirst();
        if (failing.isPresent()) {
            passed.add(new Reason(
                    "a ban that does not apply, by what is known about '"
                            + failing.get().text() + "'",
                    false,
                    Optional.of(finding)));
        } else if (unknown.isPresent()) {
            String why =
                    "a ban that depends on something unknown: '" + unknown.get().text() + "'";
            (relation == Relation.GENERAL ? generalUnclear : unclear).add(new Reason(why, true, Optional.of(finding)));
        } else if (statement.tentative()) {
            (relation == Relation.GENERAL ? generalUnclear : unclear)
                    .add(new Reason("the note says that it may be so", true, Optional.of(finding)));
        } else {
            (relation == Relation.GENERAL ? generalBans : bans)
                    .add(new Reason("the note forbids a soft upgrade", true, Optional.of(finding)));
        }
    }

    private void permission(Finding finding, Statement statement, List<Condition> conditions) {
        Optional<Boolean> kind = KindOfHop.named(statement.sentence().text().toLowerCase(Locale.ROOT), hop);
        boolean conditional = conditions.stream().anyMatch(c -> assumptions.of(c) != Truth.HOLDS);
        boolean only = conditional
                && statement.sentence().text().toLowerCase(Locale.ROOT).contains("only");
        boolean unless = conditions.stream().anyMatch(c -> c.unless() && assumptions.of(c) != Truth.HOLDS);
        if ((only || unless) && statement.says() == Says.ALLOWS) {
            unclear.add(new Reason(
                    "the note allows it only under a condition: "
                            + conditions.get(0).text(),
                    true,
                    Optional.of(finding)));
            return;
        }
        if (conditional || kind.equals(Optional.of(false))) {
            passed.add(new Reason("a permission that does not apply here", false, Optional.of(finding)));
            return;
        }
        meant |= kind.isPresent() && statement.says() == Says.ALLOWS;
        unit(statement.sentence().block().unit()).said.putIfAbsent(statement.says(), finding);
        Reason reason = new Reason("the note allows it", true, Optional.of(finding));
        (statement.says() == Says.ALLOWS ? permissions : compatible).add(reason);
    }

    private void schema(Finding finding, Statement statement, Relation relation) {
        Unit unit = unit(statement.sentence().block().unit());
        String text = statement.sentence().text().toLowerCase(Locale.ROOT);
        boolean offered = text.startsWith("you can ") || text.startsWith("you may ") || text.contains("search index");
        if (relation != Relation.GENERAL && !offered) {
            unit.said.putIfAbsent(statement.says(), finding);
        }
    }

    /** Units are numbered per note. */
    void endOfNote() {
        if (schemaNeedsPermission) {
            units.values().forEach(this::weigh);
        }
        units.clear();
    }

    private void weigh(Unit unit) {
        Optional<Finding> change = first(unit, Says.CHANGES_SCHEMA, Says.LOCKS, Says.TAKES_LONG);
        Optional<Finding> lock = first(unit, Says.LOCKS);
        boolean noDowntime = unit.said.containsKey(Says.ALLOWS);
        boolean compatible = unit.said.containsKey(Says.COMPATIBLE) || unit.said.containsKey(Says.NON_LOCKING);
        if (change.isEmpty() || unit.optional || noDowntime) {
            return;
        }
        if (!compatible) {
            unclear.add(
                    new Reason("the database changes, and nothing says that old nodes can live with it", true, change));
        } else if (lock.isPresent()) {
            unclear.add(new Reason(
                    "old nodes can live with the change, but tables are locked while it is made", true, lock));
        }
    }

    private static Optional<Finding> first(Unit unit, Says... says) {
        for (Says one : says) {
            if (unit.said.containsKey(one)) {
                return Optional.ofNullable(unit.said.get(one));
            }
        }
        return Optional.empty();
    }

    NotesVerdict verdict(List<String> problems) {
        // What is said about just this kind of step beats what is said about all.
        if (!meant) {
            bans.addAll(generalBans);
            unclear.addAll(generalUnclear);
        }
        List<Reason> allowing = new ArrayList<>(permissions);
        allowing.addAll(compatible);
        Outcome outcome = outcome(problems, allowing);
        List<Reason> reasons = new ArrayList<>();
        problems.forEach(p -> reasons.add(new Reason(p, outcome == Outcome.UNCLEAR, Optional.empty())));
        reasons.addAll(decided(bans, outcome == Outcome.FULL_STOP));
        reasons.addAll(decided(unclear, outcome == Outcome.UNCLEAR));
        reasons.addAll(decided(allowing, outcome == Outcome.SOFT));
        reasons.addAll(others);
        reasons.addAll(passed);
        return new NotesVerdict(outcome, once(reasons));
    }

    private Outcome outcome(List<String> problems, List<Reason> allowing) {
        if (!bans.isEmpty()) {
            return Outcome.FULL_STOP;
        }
        if (!unclear.isEmpty() || !problems.isEmpty()) {
            return Outcome.UNCLEAR;
        }
        return allowing.isEmpty() ? Outcome.SILENT : Outcome.SOFT;
    }

    private static List<Reason> decided(List<Reason> reasons, boolean decided) {
        return reasons.stream()
                .map(r -> new Reason(r.sentence(), decided, r.finding()))
                .toList();
    }

    /** Two rules may find the same words; a person wants to read them once. */
    private static List<Reason> once(List<Reason> reasons) {
        List<Reason> kept = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (Reason reason : reasons) {
            String words =
                    reason.finding().map(f -> f.kind() + f.place() + f.quote()).orElse("");
            if (seen.add(reason.sentence() + words)) {
                kept.add(reason);
            }
        }
        return kept;
    }
}

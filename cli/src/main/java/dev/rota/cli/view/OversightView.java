package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Units;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.AlreadyBroken;
import dev.rota.wire.operator.v1.Availability;
import dev.rota.wire.operator.v1.BatchAvailability;
import dev.rota.wire.operator.v1.Blocker;
import dev.rota.wire.operator.v1.Oversight;
import dev.rota.wire.operator.v1.Probe;
import dev.rota.wire.operator.v1.ProbeReport;
import java.util.ArrayList;
import java.util.List;

/** What watches over a rollout beside its agents, and what it measured. */
final class OversightView {
    private OversightView() {}

    /** Fields of a plan; nothing where nothing watches. */
    static void add(Oversight o, Text text) {
        if (o.hasProbe()) {
            text.field("probe", probe(o.getProbe()));
        }
        text.field("budget", budget(o));
        for (Blocker b : o.getBlockersList()) {
            text.field("blocker", b.getName() + ": " + b.getWhat());
        }
        if (o.getBlockersCount() > 0) {
            text.field(
                    "blocked", "held when they let no node be taken out for " + Units.setting(o.getBlockedLimitMs()));
        }
        if (o.getBetweenStableMs() > 0) {
            text.field(
                    "between",
                    "the whole cluster is well for " + Units.setting(o.getBetweenStableMs())
                            + " before the next node is taken out");
        }
    }

    private static String probe(Probe p) {
        return p.getWhat() + ", every " + Units.setting(p.getEveryMs()) + ", " + Units.setting(p.getTimeoutMs())
                + " for an answer";
    }

    private static String budget(Oversight o) {
        List<String> limits = new ArrayList<>();
        if (o.hasDowntimeBudgetMs()) {
            limits.add("unavailable for at most " + Units.setting(o.getDowntimeBudgetMs()));
        }
        if (o.hasFailedProbesBudget()) {
            limits.add("at most " + o.getFailedProbesBudget() + " probes may fail");
        }
        return limits.isEmpty() ? "" : String.join(", ", limits) + "; else the rollout is held";
    }

    /** What was broken before; nothing when nothing was. */
    static void broken(List<AlreadyBroken> broken, Text text) {
        if (broken.isEmpty()) {
            return;
        }
        text.heading("Already broken; not counted against the rollout, and no safety rule is relaxed by it");
        broken.forEach(b -> text.paragraph(2, Words.printable(b.getSentence())));
    }

    /** What the probe measured, by turns and in all. */
    static void measured(ProbeReport r, Text text) {
        Availability all = r.getTotal();
        text.heading("Outside probe")
                .field("probe", probe(r.getProbe()))
                .field("probes", all.getProbes() + ", " + all.getFailed() + " failed");
        if (all.getOutages() == 0) {
            text.field("unavailable", all.getProbes() == 0 ? "not known: there was no probe" : "0 ms");
        } else {
            text.field(
                    "unavailable",
                    all.getUnavailableMs() + " ms in " + all.getOutages()
                            + (all.getOutages() == 1 ? " outage" : " outages") + ", the longest "
                            + all.getLongestGapMs() + " ms; known up to " + all.getUncertaintyMs() + " ms",
                    Tone.WARN);
        }
        if (all.getHoles() > 0) {
            text.field(
                    "unwatched",
                    all.getUnwatchedMs() + " ms in which nobody probed, " + all.getHoles()
                            + (all.getHoles() == 1 ? " time" : " times") + ": nothing is known about them",
                    Tone.WARN);
        }
        text.field("last failure", r.getSaid());
        if (r.getDown()) {
            text.field("now", "the service does not answer", Tone.BAD);
        }
        if (r.getBatchesCount() > 0) {
            text.table(2, turns(r));
        }
    }

    private static Table turns(ProbeReport r) {
        Table table = Table.of(
                Column.right("#"),
                Column.left("BATCH"),
                Column.right("PROBES"),
                Column.right("FAILED"),
                Column.right("UNAVAILABLE MS"),
                Column.right("LONGEST MS"),
                Column.right("UNWATCHED MS"));
        for (BatchAvailability b : r.getBatchesList()) {
            Availability a = b.getAvailability();
            table.row(
                    Cell.of(b.getBatch() + 1),
                    Cell.of(b.getTitle()),
                    number(a.getProbes()),
                    number(a.getFailed()),
                    number(a.getUnavailableMs()),
                    number(a.getLongestGapMs()),
                    number(a.getUnwatchedMs()));
        }
        return table;
    }

    private static Cell number(long n) {
        return Cell.of(n);
    }
}

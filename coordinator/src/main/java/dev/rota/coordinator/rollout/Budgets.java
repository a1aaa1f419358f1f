package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.ProbeSpan;
import dev.rota.coordinator.rollout.RolloutStatus.Held;
import dev.rota.coordinator.rollout.RolloutStatus.Running;
import dev.rota.coordinator.rollout.RolloutStatus.Stopping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the outside probe measures, and the budget it may not exceed. A rollout over its budget is held at once; a node that is out of
 * service then goes on until it serves again, and nothing else begins.
 */
final class Budgets {
    static final String EXCEEDED = "BUDGET_EXCEEDED";

    private Budgets() {}

    static RolloutState probed(RolloutState s, Event.Probed e) {
        Oversight o = s.plan().oversight();
        if (o.probe().isEmpty()) {
            return s;
        }
        Duration hole = o.probe().get().hole();
        ProbeLog log = s.overseen().probe();
        for (ProbeSpan span : e.spans()) {
            log = log.and(span, s.batch(), hole);
        }
        RolloutState t = s.with(s.overseen().with(log));
        Optional<String> over = log.exceeds(o.budget());
        boolean runs = t.status() instanceof Running || (t.status() instanceof Stopping st && !st.abort());
        return over.isPresent() && runs && t.back().isEmpty() ? held(t, over.get(), e.at()) : t;
    }

    private static RolloutState held(RolloutState s, String sentence, Instant now) {
        String node = current(s);
        Phase phase = s.nodes().get(node) instanceof NodeState.Working w
                ? w.phase()
                : s.nodes().get(node) instanceof NodeState.Gating g ? g.phase() : Phase.VERIFY;
        return Failures.hold(s, new Held(EXCEEDED, node, phase, sentence, evidence(s), now));
    }

    /** The node whose turn it is. */
    private static String current(RolloutState s) {
        return s.nodes().entrySet().stream()
                .filter(e -> !(e.getValue() instanceof NodeState.Waiting))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> s.plan().members().get(0).node());
    }

    private static List<String> evidence(RolloutState s) {
        ProbeLog log = s.overseen().probe();
        Availability a = log.total();
        List<String> lines = new ArrayList<>();
        s.plan().oversight().probe().ifPresent(p -> lines.add("probe: " + p.what()));
        lines.add(a.failed() + " of " + a.probes() + " probes failed, unavailable for "
                + a.down().toMillis() + " ms, the longest outage " + a.longest().toMillis() + " ms");
        if (!log.said().isEmpty()) {
            lines.add("the last one that failed: " + log.said());
        }
        lines.add(log.down() ? "the service does not answer now" : "the service answers again");
        return lines;
    }

    /** Whether it is held for its budget. */
    static boolean spent(RolloutState s) {
        return s.status() instanceof Held h && h.code().equals(EXCEEDED);
    }

    /** A person answered the hold: what was spent is forgiven. */
    static RolloutState forgiven(RolloutState s) {
        return spent(s) ? s.with(s.overseen().with(s.overseen().probe().forgiven())) : s;
    }

    /** Whether a node goes on although the rollout is held: it is out of service, and no step of it has failed. */
    static boolean goesOn(RolloutState s, String node) {
        return s.hop().mode() == Mode.SOFT
                ? spent(s) && s.facts().outOfService().contains(node)
                : anyGoesOn(s);
    }

    /** Whether any node does: in a full stop all do until every one serves again. */
    static boolean anyGoesOn(RolloutState s) {
        return spent(s) && !s.facts().outOfService().isEmpty();
    }

    /** Whether the batch after the current one belongs to what goes on: in a full stop, until all nodes serve again. */
    static boolean nextGoesOn(RolloutState s) {
        int next = s.batch() + 1;
        return s.hop().mode() != Mode.SOFT
                && s.back().isEmpty()
                && next < s.plan().batches().size()
                && !s.plan().batches().get(next).safePoint()
                && s.withBatch(next).unconfirmed().isEmpty()
                && s.plan().batches().get(next).lanes().stream().anyMatch(l -> goesOn(s, l.node()));
    }
}

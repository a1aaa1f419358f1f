package dev.rota.coordinator.grpc;

import dev.rota.contract.Recipe;
import dev.rota.contract.yaml.Units;
import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.ProbePlan;
import dev.rota.coordinator.rollout.Availability;
import dev.rota.coordinator.rollout.Blocked;
import dev.rota.coordinator.rollout.ProbeLog;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.wire.operator.v1.AlreadyBroken;
import dev.rota.wire.operator.v1.BatchAvailability;
import dev.rota.wire.operator.v1.Blocker;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import dev.rota.wire.operator.v1.Limit;
import dev.rota.wire.operator.v1.Probe;
import dev.rota.wire.operator.v1.ProbeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What watches over a rollout beside its agents: what an operator asks for, checked, and what it has seen. */
final class Oversights {
    private static final Duration LONGEST = Duration.ofHours(24);

    /** What is committed of a probe may be that old while the rollout goes on. */
    private static final Duration UNCOMMITTED = Duration.ofMinutes(1);

    private Oversights() {}

    static Oversight of(CreatePlanRequest q) throws Refusal {
        return new Oversight(
                Optional.empty(),
                new Budget(
                        time("downtime-budget", q.hasDowntimeBudgetMs(), q.getDowntimeBudgetMs()),
                        q.hasFailedProbesBudget()
                                ? Optional.of(Integer.toUnsignedLong(q.getFailedProbesBudget()))
                                : Optional.empty()),
                List.of(),
                time("blocked-limit", q.hasBlockedLimitMs(), q.getBlockedLimitMs())
                        .orElse(Oversight.BLOCKED_LIMIT),
                time("between-stable", q.hasBetweenStableMs(), q.getBetweenStableMs()),
                List.of());
    }

    private static Optional<Duration> time(String name, boolean given, int ms) throws Refusal {
        if (!given) {
            return Optional.empty();
        }
        Duration time = Duration.ofMillis(Integer.toUnsignedLong(ms));
        if (time.compareTo(LONGEST) > 0) {
            throw Requests.usage("--" + name + " is at most 24 hours");
        }
        return Optional.of(time);
    }

    static dev.rota.wire.operator.v1.Oversight wire(Oversight o) {
        var b = dev.rota.wire.operator.v1.Oversight.newBuilder()
                .setBlockedLimitMs((int) o.blockedLimit().toMillis())
                .setBetweenStableMs((int) o.betweenStable().toMillis())
                .addAllAlreadyBroken(wire(o.known()));
        o.probe().ifPresent(p -> b.setProbe(wire(p)));
        o.budget().downtime().ifPresent(d -> b.setDowntimeBudgetMs((int) d.toMillis()));
        o.budget().failedProbes().ifPresent(b::setFailedProbesBudget);
        o.blockers()
                .forEach(x ->
                        b.addBlockers(Blocker.newBuilder().setName(x.name()).setWhat(x.what())));
        return b.build();
    }

    static List<AlreadyBroken> wire(List<Known> known) {
        return known.stream()
                .map(k -> AlreadyBroken.newBuilder()
                        .setNode(k.node())
                        .setCode(k.code())
                        .setSentence(k.sentence())
                        .build())
                .toList();
    }

    private static Probe wire(ProbePlan p) {
        return Probe.newBuilder()
                .setWhat(p.what())
                .setEveryMs((int) p.every().toMillis())
                .setTimeoutMs((int) p.timeout().toMillis())
                .build();
    }

    /** What the probe has measured until now, or until the end of a rollout that has ended; empty when nothing is probed. */
    static Optional<ProbeReport> report(RolloutState s, Instant now) {
        Optional<ProbePlan> plan = s.plan().oversight().probe();
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        ProbeLog log = s.overseen().probe();
        Optional<Instant> ended = s.status().endedAt();
        Instant until = ended.orElse(now);
        boolean late = Duration.between(log.watchedUntil(), until).compareTo(UNCOMMITTED) > 0;
        Availability total = ended.isPresent() || late ? log.until(until, plan.get()) : log.total();
        ProbeReport.Builder b = ProbeReport.newBuilder()
                .setProbe(wire(plan.get()))
                .setTotal(wire(total, plan.get()))
                .setWatchedUntil(Times.timestamp(log.watchedUntil()))
                .setDown(log.down())
                .setSaid(log.said());
        log.batches().forEach((index, a) -> b.addBatches(batch(s.plan(), index, a, plan.get())));
        return Optional.of(b.build());
    }

    private static BatchAvailability batch(Plan plan, int index, Availability a, ProbePlan probe) {
        BatchAvailability.Builder b =
                BatchAvailability.newBuilder().setBatch(Math.max(0, index)).setAvailability(wire(a, probe));
        if (index >= 0 && index < plan.batches().size()) {
            Plan.Batch batch = plan.batches().get(index);
            b.setTitle(batch.title());
            batch.lanes().forEach(l -> b.addNodes(l.node()));
        }
        return b.build();
    }

    private static dev.rota.wire.operator.v1.Availability wire(Availability a, ProbePlan plan) {
        return dev.rota.wire.operator.v1.Availability.newBuilder()
                .setProbes(a.probes())
                .setFailed(a.failed())
                .setUnavailableMs(a.down().toMillis())
                .setLongestGapMs(a.longest().toMillis())
                .setOutages(a.outages())
                .setUnwatchedMs(a.unwatched().toMillis())
                .setHoles(a.holes())
                .setUncertaintyMs(2 * a.outages() * plan.every().toMillis())
                .build();
    }

    /** What is seen from outside of a rollout that should not be so. */
    static List<String> alarms(RolloutState s) {
        List<String> alarms = new ArrayList<>();
        Blocked.of(s)
                .ifPresent(b -> alarms.add(Blocked.CODE + ": " + b.node() + " is not taken out since " + b.since()
                        + "; the rollout is held if that is still so at " + b.until() + ": "
                        + String.join("; ", b.said())));
        ProbeLog log = s.overseen().probe();
        if (log.down()) {
            alarms.add(Known.PROBE_FAILS + ": the service did not answer the outside probe at " + log.watchedUntil()
                    + ": " + log.said());
        }
        return alarms;
    }

    /** The limits that come with it. */
    static List<Limit> limits(Plan plan, Optional<Recipe> recipe) {
        Oversight o = plan.oversight();
        List<Limit> all = new ArrayList<>();
        Duration ofRecipe = recipe.map(r -> r.watching().betweenStable()).orElse(o.betweenStable());
        String between = !o.betweenStable().equals(ofRecipe)
                ? "option"
                : o.betweenStable().isZero() ? "built in" : "recipe";
        if (plan.hops().stream().anyMatch(h -> h.mode() == Mode.SOFT)) {
            all.add(limit("between two nodes, stable", o.betweenStable(), between, "the next node is taken out"));
        }
        if (!o.blockers().isEmpty()) {
            boolean own = o.blockedLimit().equals(Oversight.BLOCKED_LIMIT);
            all.add(limit(
                    "blockers let no node go",
                    o.blockedLimit(),
                    own ? "built in" : "option",
                    "the rollout is held: " + Blocked.CODE));
        }
        o.probe().ifPresent(p -> {
            all.add(limit("outside probe, every", p.every(), "configuration", "the service is probed again"));
            all.add(limit("outside probe, answer", p.timeout(), "configuration", "the probe has failed"));
        });
        String held = "the rollout is held: BUDGET_EXCEEDED";
        o.budget().downtime().ifPresent(d -> all.add(limit("service unavailable, in all", d, "option", held)));
        o.budget().failedProbes().ifPresent(n -> all.add(limit("probes that fail", n + "", "option", held)));
        return all;
    }

    private static Limit limit(String name, Duration value, String source, String then) {
        return limit(name, Units.format(value), source, then);
    }

    private static Limit limit(String name, String value, String source, String then) {
        return Limit.newBuilder()
                .setName(name)
                .setValue(value)
                .setSource(source)
                .setThen(then)
                .build();
    }
}

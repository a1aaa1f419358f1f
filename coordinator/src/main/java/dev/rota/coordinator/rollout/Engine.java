package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Retrying;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.NodeState.Working;
import dev.rota.coordinator.rollout.RolloutStatus.Held;
import dev.rota.coordinator.rollout.RolloutStatus.Paused;
import dev.rota.coordinator.rollout.RolloutStatus.Running;
import dev.rota.coordinator.rollout.RolloutStatus.Stopping;
import dev.rota.coordinator.rollout.RolloutStatus.Unconfirmed;
import dev.rota.coordinator.rollout.Transition.Accepted;
import dev.rota.coordinator.rollout.Transition.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The state machine of a rollout: total, without clock, without I/O. An event that does not fit is rejected alike everywhere. */
public final class Engine {
    /** How long a gate before a step may fail until the rollout is held; the health gate has its own setting. */
    public static final Duration PERMIT_RETRY = Duration.ofSeconds(30);

    /** How long the coordinator waits for an answer beyond the step's own deadline, for an agent that must restart first. */
    public static final Duration ANSWER_GRACE = Duration.ofSeconds(30);

    /** Lines of a step's output that are kept as evidence of a hold. */
    static final int EVIDENCE_LINES = 40;

    /** What an agent says of a backup nobody can rely on; each is a hold of its own. */
    private static final Set<String> UNFIT_BACKUPS = Set.of("BACKUP_UNREADABLE", "BACKUP_MISSING", "BACKUP_CHANGED");

    private Engine() {}

    /** What the event makes of the state. */
    public static Transition next(RolloutState state, Event event) {
        if (state.status().ended()) {
            return new Rejected(
                    "ENDED",
                    "rollout " + state.id() + " has ended, it is "
                            + state.status().label()
                            + (event instanceof Event.Controlled c && c.control() == Event.Control.ROLLBACK
                                    ? "; 'rota plan " + state.plan().cluster() + " --rollback-of " + state.id()
                                            + "' takes it back"
                                    : "; to go on from there, make a new plan"));
        }
        if (state.batch() < 0 && !(event instanceof Event.Began)) {
            return new Rejected("NOT_BEGUN", "rollout " + state.id() + " has not begun");
        }
        Settled settled = settle(state, event);
        if (settled.rejected().isPresent()) {
            return settled.rejected().get();
        }
        RolloutState recorded = settled.state();
        RolloutState advanced = Advance.advance(recorded, event.at());
        Optional<SafetyRules.Violation> violation = SafetyRules.check(state, advanced);
        RolloutState after = advanced;
        if (violation.isPresent()) {
            Optional<RolloutState> held = Stream.of(recorded, gateStuck(state, event))
                    .map(s -> held(s, violation.get(), event.at()))
                    .filter(s -> SafetyRules.check(state, s).isEmpty())
                    .findFirst();
            if (held.isEmpty()) {
                return new Rejected("SAFETY_RULE", violation.get().sentence());
            }
            after = held.get();
        }
        return new Accepted(
                after.equals(state) ? state : waited(state, after, event.at()).nextRevision());
    }

    /** Counts the time a person let the rollout wait. */
    private static RolloutState waited(RolloutState before, RolloutState after, Instant now) {
        return before.status().equals(after.status())
                ? after
                : before.status()
                        .waitsSince()
                        .map(since -> after.waited(Duration.between(since, now)))
                        .orElse(after);
    }

    private record Settled(RolloutState state, Optional<Rejected> rejected) {
        static Settled to(RolloutState s) {
            return new Settled(s, Optional.empty());
        }

        static Settled rejected(RolloutState s, String code, String reason) {
            return new Settled(s, Optional.of(new Rejected(code, reason)));
        }
    }

    private static Settled settle(RolloutState s, Event event) {
        if (event instanceof Event.Began) {
            return s.batch() >= 0
                    ? Settled.rejected(s, "BEGUN", "rollout " + s.id() + " has begun already")
                    : Settled.to(Advance.open(s.withBatch(0)));
        } else if (event instanceof Event.StepReported e) {
            return reported(s, e);
        } else if (event instanceof Event.Looked e) {
            return looked(s, e);
        } else if (event instanceof Event.Controlled e) {
            return controlled(s, e);
        } else if (event instanceof Event.Confirmed e) {
            return confirmed(s, e);
        } else if (event instanceof Event.Probed e) {
            return Settled.to(Budgets.probed(s, e));
        } else {
            return Settled.to(overdue(s, event.at()));
        }
    }

    /** Undoes the passing of a gate that led to what a safety rule forbids: the node waits for a person before it. */
    private static RolloutState gateStuck(RolloutState s, Event event) {
        return event instanceof Event.Looked e && s.nodes().get(e.node()) instanceof Gating g
                ? s.with(e.node(), g.stuck())
                : s;
    }

    private static RolloutState held(RolloutState s, SafetyRules.Violation v, Instant now) {
        return Failures.hold(s, new Held("SAFETY_RULE", v.node(), v.phase(), v.sentence(), List.of(), now));
    }

    private static Settled reported(RolloutState s, Event.StepReported e) {
        String node = e.key().node();
        NodeState now = s.nodes().getOrDefault(node, new NodeState.Waiting());
        if (!(now instanceof Working w)
                || !e.key().rolloutId().equals(s.id())
                || w.phase() != e.key().phase()
                || w.attempt() != e.key().attempt()) {
            return Settled.rejected(s, "LATE", "step " + e.key() + " is not under way");
        }
        StepReport r = e.report();
        Plan.PlannedStep step = Outstanding.step(s, node, w.step()).orElseThrow();
        RolloutState recorded = s.with(record(s, node, w, r, step.undo(), e.at()));
        if (step.undo() && r.outcome() != StepReport.Outcome.DONE && Advance.undoing(s)) {
            return Settled.to(recorded.with(node, w.done()));
        }
        return Settled.to(
                r.outcome() == StepReport.Outcome.DONE
                        ? done(Compensations.done(recorded, node, step), node, w, r, e.at(), step.undo())
                        : failed(recorded, node, w, r, step.title(), e.at()));
    }

    private static RolloutState done(RolloutState s, String node, Working w, StepReport r, Instant now, boolean undo) {
        if (undo) {
            return s.with(node, w.done());
        }
        if (w.phase() == Phase.VERIFY) {
            return s.with(node, w.thenGate(GatePurpose.VERIFY, now));
        }
        boolean backup = !r.facts().getOrDefault("backup.sha256", "").isEmpty();
        if (w.phase() == Phase.BACKUP && !backup && comes(s, node, Phase.JOIN)) {
            String sentence =
                    "the backup of " + node + " has no digest, and without a verified one it may not join again";
            Held held = new Held("BACKUP_UNVERIFIED", node, w.phase(), sentence, List.of(), now);
            return Failures.failed(s, node, w.stuck(), held, false, now);
        }
        Facts facts = s.facts().after(w.phase(), node, backup);
        return s.with(w.phase() == Phase.UNDRAIN ? facts.backInService(node) : facts)
                .with(node, w.done());
    }

    private static RolloutState failed(
            RolloutState s, String node, Working w, StepReport r, String title, Instant now) {
        String code = switch (r.outcome()) {
            case TIMED_OUT -> "STEP_TIMED_OUT";
            case REFUSED -> "STEP_REFUSED";
            default -> UNFIT_BACKUPS.contains(r.code()) ? r.code() : "STEP_FAILED";
        };
        String where = w.executor().equals(node) ? "" : " (carried out by " + w.executor() + ")";
        String sentence =
                title + " of " + node + where + " " + r.outcome().label().replace('-', ' ') + ": " + r.message();
        List<String> evidence = new ArrayList<>();
        if (!r.failedAction().isEmpty()) {
            evidence.add("action: " + r.failedAction());
        }
        if (!r.code().isEmpty()) {
            evidence.add("code: " + r.code());
        }
        List<String> lines = r.outputTail().lines().filter(l -> !l.isBlank()).toList();
        lines.subList(Math.max(0, lines.size() - EVIDENCE_LINES), lines.size())
                .forEach(l -> evidence.add("output: " + l));
        Held held = new Held(code, node, w.phase(), sentence, evidence, now);
        return Failures.failed(s, node, w.stuck(), held, Failures.mayPass(code, r.code()), now);
    }

    private static StepRecord record(RolloutState s, String node, Working w, StepReport r, boolean undo, Instant now) {
        return new StepRecord(
                s.batch(),
                node,
                w.phase(),
                Optional.empty(),
                w.attempt(),
                w.executor(),
                r.outcome(),
                w.since(),
                now,
                r.commandMs(),
                r.waitMs(),
                r.message(),
                r.facts(),
                Outstanding.goesBack(s, node, w.step()),
                undo);
    }

    private static Settled looked(RolloutState s, Event.Looked e) {
        NodeState now = s.nodes().getOrDefault(e.node(), new NodeState.Waiting());
        if (!(now instanceof Gating g) || g.purpose() != e.purpose() || g.attempt() != e.attempt()) {
            return Settled.rejected(s, "LATE", "no such gate of " + e.node() + " is open");
        }
        boolean health = g.purpose() == GatePurpose.VERIFY;
        Instant from = health ? g.since().plus(s.plan().gate().initial()) : g.since();
        if (e.at().isBefore(from)) {
            return Settled.to(s);
        }
        List<Problem> problems = Health.problems(s, g, e);
        if (s.status() instanceof Held && g.purpose() == GatePurpose.TAKE_OUT) {
            return Settled.to(s.with(e.node(), problems.isEmpty() ? g.passing(e.at()) : g.failing(e.at(), problems)));
        }
        if (problems.isEmpty()) {
            Gating passing = g.passing(e.at());
            Duration held = Duration.between(passing.passingSince().orElse(e.at()), e.at());
            Duration stable = GateLimits.stable(s.plan(), g.purpose());
            return Settled.to(
                    held.compareTo(stable) >= 0
                            ? passed(s, e.node(), passing, e.view(), e.at())
                            : s.with(e.node(), passing));
        }
        Gating failing = g.failing(e.at(), problems);
        RolloutState t = s.with(e.node(), failing);
        return Settled.to(
                GateLimits.failsTooLong(s.plan(), failing, from, e.at())
                        ? gateHeld(t, e.node(), failing, problems, e.at())
                        : t);
    }

    private static RolloutState gateHeld(RolloutState s, String node, Gating g, List<Problem> problems, Instant now) {
        Problem first = problems.get(0);
        String sentence = "the " + g.purpose().label() + " gate of " + node + " does not hold: " + first.sentence();
        Held held = new Held(first.code().name(), node, g.phase(), sentence, g.evidence(), now);
        RolloutState recorded = s.with(gateRecord(s, node, g, Map.of(), StepReport.Outcome.FAILED, now));
        return g.purpose() == GatePurpose.VERIFY
                ? Failures.failed(recorded, node, g.stuck(), held, false, now)
                : Failures.hold(recorded.with(node, g.stuck()), held);
    }

    private static RolloutState passed(
            RolloutState s, String node, Gating g, Map<String, NodeObservation> view, Instant now) {
        RolloutState r = s.with(gateRecord(s, node, g, view, StepReport.Outcome.DONE, now));
        Plan.PlannedStep step = Outstanding.step(s, node, g.step()).orElseThrow();
        return switch (g.purpose()) {
            case TAKE_OUT -> {
                RolloutState out = r.with(r.facts().takenOut(node));
                yield g.phase() == Phase.LEAVE
                        ? out.with(node, g.thenGate(GatePurpose.LEAVE, now))
                        : Advance.work(out, node, g.step(), step, now);
            }
            case LEAVE -> {
                RolloutState out = r.facts().outOfService().contains(node)
                        ? r
                        : r.with(r.facts().takenOut(node));
                yield Advance.work(out, node, g.step(), step, now);
            }
            case JOIN -> Advance.work(r, node, g.step(), step, now);
            case VERIFY -> verified(r, node, g, now);
        };
    }

    private static RolloutState verified(RolloutState s, String node, Gating g, Instant now) {
        boolean back = Outstanding.goesBack(s, node, g.step());
        Facts facts = back ? s.facts().verifiedBack(node) : s.facts().verified(node);
        boolean undrain = comes(s, node, Phase.UNDRAIN);
        RolloutState t = Compensations.verified(s, node, undrain)
                .with(undrain ? facts : facts.backInService(node))
                .with(node, g.done());
        long there = t.plan().members().stream()
                .filter(m -> t.facts().upgraded().contains(m.node())
                        || t.versionBefore(m.node()).equals(t.hop().to()))
                .count();
        boolean mixed = there > 0 && there < t.plan().members().size();
        Optional<Instant> begins = t.hop().mode() == Mode.SOFT ? Optional.of(now) : Optional.empty();
        return t.withMixedSince(mixed ? t.mixedSince().or(() -> begins) : Optional.empty());
    }

    /** Whether the node has that phase still before it in this hop. */
    static boolean comes(RolloutState s, String node, Phase phase) {
        return Stream.concat(
                        s.lane(node).stream(),
                        s.plan().batches().subList(s.batch() + 1, s.plan().endOf(s.hop())).stream()
                                .filter(b -> !s.back().containsKey(node))
                                .flatMap(b -> b.lane(node).stream())
                                .flatMap(l -> l.steps().stream()))
                .anyMatch(p -> p.phase() == phase);
    }

    private static StepRecord gateRecord(
            RolloutState s,
            String node,
            Gating g,
            Map<String, NodeObservation> view,
            StepReport.Outcome outcome,
            Instant now) {
        long productMs = view.values().stream()
                .mapToLong(NodeObservation::productMs)
                .max()
                .orElse(0);
        return new StepRecord(
                s.batch(),
                node,
                g.phase(),
                Optional.of(g.purpose()),
                g.attempt(),
                node,
                outcome,
                g.since(),
                now,
                productMs,
                0,
                "",
                GateFacts.of(g),
                Outstanding.goesBack(s, node, g.step()));
    }

    private static RolloutState overdue(RolloutState state, Instant now) {
        RolloutState s = state;
        for (Map.Entry<String, NodeState> e : state.nodes().entrySet()) {
            if (e.getValue() instanceof Working w && now.isAfter(w.deadline())) {
                String node = e.getKey();
                boolean undo = Outstanding.step(s, node, w.step())
                        .map(Plan.PlannedStep::undo)
                        .orElse(false);
                if (undo && Advance.undoing(s)) {
                    s = s.with(node, w.done());
                    continue;
                }
                String sentence = "the agent of " + w.executor() + " has not answered "
                        + w.phase().label() + " of " + node + " since " + w.since();
                Held held = new Held("AGENT_SILENT", node, w.phase(), sentence, List.of(), now);
                s = Failures.failed(s, node, w.stuck(), held, true, now);
            } else if (e.getValue() instanceof Retrying r && !now.isBefore(r.until())) {
                s = s.with(e.getKey(), r.again());
            }
        }
        return s;
    }

    private static Settled confirmed(RolloutState s, Event.Confirmed e) {
        if (!(s.status() instanceof Unconfirmed u)) {
            return Settled.rejected(
                    s, "NOT_NOW", "rollout " + s.id() + " is " + s.status().label() + " and waits for no confirmation");
        }
        List<String> unknown =
                e.steps().stream().filter(id -> !u.open().contains(id)).toList();
        if (!unknown.isEmpty()) {
            return Settled.rejected(
                    s,
                    "NO_STEP",
                    "rollout " + s.id() + " does not wait for " + String.join(", ", unknown) + "; it waits for "
                            + String.join(", ", u.open()));
        }
        Facts facts = s.facts();
        for (String id : e.steps().isEmpty() ? u.open() : e.steps()) {
            facts = facts.confirmed(id);
        }
        return Settled.to(s.with(facts).with(new Running()));
    }

    private static Settled controlled(RolloutState s, Event.Controlled e) {
        return switch (e.control()) {
            case PAUSE ->
                s.status() instanceof Running
                        ? Settled.to(s.with(new Stopping(false, e.by(), e.at())))
                        : refuse(s, "paused");
            case RESUME -> resume(s);
            case ABORT -> abort(s, e);
            case RETRY -> s.status() instanceof Held ? Settled.to(retry(s)) : refuse(s, "retried");
            case ROLLBACK -> rollback(s, e, false);
            case ROLLBACK_ALL -> rollback(s, e, true);
            case SKIP -> skip(s, e);
        };
    }

    private static Settled resume(RolloutState s) {
        if (s.status() instanceof Paused) {
            return Settled.to(Advance.open(s.with(new Running())));
        }
        return s.status() instanceof Stopping st && !st.abort()
                ? Settled.to(s.with(new Running()))
                : refuse(s, "resumed");
    }

    private static Settled abort(RolloutState s, Event.Controlled e) {
        if (s.status() instanceof Running || (s.status() instanceof Stopping st && !st.abort())) {
            return Settled.to(s.with(new Stopping(true, e.by(), e.at())));
        }
        if (Budgets.anyGoesOn(s)) {
            return Settled.to(s.with(new Stopping(true, e.by(), e.at())));
        }
        return s.status() instanceof Held || s.status() instanceof Paused || s.status() instanceof Unconfirmed
                ? Settled.to(Advance.abort(s, e.by(), e.at()))
                : refuse(s, "aborted");
    }

    private static Settled refuse(RolloutState s, String verb) {
        return Settled.rejected(
                s, "NOT_NOW", "rollout " + s.id() + " is " + s.status().label() + " and cannot be " + verb);
    }

    private static Settled rollback(RolloutState state, Event.Controlled e, boolean all) {
        if (!(state.status() instanceof Held h)) {
            return refuse(state, "rolled back");
        }
        RolloutState s = state.with(new Running());
        for (Map.Entry<String, Stuck> stuck : state.stuck().entrySet()) {
            String node = stuck.getKey();
            Optional<String> obstacle =
                    state.back().containsKey(node) ? Optional.empty() : WayBackFrom.obstacle(state, node);
            if (obstacle.isPresent()) {
                return Settled.rejected(
                        state,
                        "NO_WAY_BACK",
                        node + " cannot be rolled back: " + obstacle.get() + "; rota why " + state.id()
                                + " shows what can be done");
            }
            Turnback begun = state.back().get(node);
            s = begun == null
                    ? Failures.turnedBack(s, node, stuck.getValue(), e.by(), h.sentence(), all, e.at())
                    : s.turned(node, all ? begun.andAll() : begun)
                            .with(node, stuck.getValue().retry());
        }
        return s.nodes().equals(state.nodes()) ? refuse(state, "rolled back: no node is stuck") : Settled.to(s);
    }

    private static Settled skip(RolloutState state, Event.Controlled e) {
        if (!(state.status() instanceof Held)) {
            return refuse(state, "skipped");
        }
        RolloutState s = state.with(new Running());
        for (Map.Entry<String, Stuck> stuck : state.stuck().entrySet()) {
            Optional<String> obstacle = Skipping.obstacle(state, stuck.getKey(), stuck.getValue());
            if (obstacle.isPresent()) {
                return Settled.rejected(
                        state,
                        "NOT_SAFE_TO_SKIP",
                        "rollout " + state.id() + " cannot go on without it: " + obstacle.get() + "; rota why "
                                + state.id() + " shows what can be done");
            }
            s = Skipping.skip(s, stuck.getKey(), stuck.getValue(), e.by(), e.at());
        }
        return s.nodes().equals(state.nodes()) ? refuse(state, "skipped: no node is stuck") : Settled.to(s);
    }

    private static RolloutState retry(RolloutState state) {
        RolloutState s = Budgets.forgiven(state).with(new Running());
        for (Map.Entry<String, Stuck> stuck : state.stuck().entrySet()) {
            s = s.with(stuck.getKey(), stuck.getValue().retry());
        }
        return s;
    }
}

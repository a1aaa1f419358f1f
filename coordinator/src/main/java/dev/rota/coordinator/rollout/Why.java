package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Turns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a rollout waits for, since when, on what evidence, and who can clear it how.
 *
 * @param code stable word; empty when nothing is wrong
 * @param evidence oldest first
 */
public record Why(
        String code,
        String state,
        String waitingFor,
        Optional<Instant> since,
        Optional<String> node,
        Optional<Phase> phase,
        List<String> evidence,
        List<Answer> answers) {

    /** The code of a rollout that waits for a confirmation. */
    public static final String MANUAL_STEP = "MANUAL_STEP";

    /** Something a person may answer, and the command that does it. */
    public record Answer(String name, String effect, String command) {}

    /** Explains a rollout; {@code connected} tells whether a node's agent is connected now. */
    public static Why explain(RolloutState s, Predicate<String> connected, Instant now) {
        Why why = explain(s, connected);
        List<String> evidence = new ArrayList<>(why.evidence());
        boolean ended = s.status().ended();
        MixedVersions.of(s)
                .ifPresent(m -> evidence.add(
                        ended ? "when it ended, two versions ran side by side, since " + m.since() : m.sentence(now)));
        boolean mixed =
                !ended && MixedVersions.of(s).filter(m -> m.tooLong(now)).isPresent();
        Optional<Stall> stall = Stall.of(s, now);
        if (stall.isEmpty()) {
            return new Why(
                    why.code().isEmpty() && mixed ? MixedVersions.CODE : why.code(),
                    why.state(),
                    why.waitingFor(),
                    why.since(),
                    why.node(),
                    why.phase(),
                    evidence,
                    why.answers());
        }
        evidence.add(0, "likely cause: " + stall.get().cause(s, connected));
        evidence.add(1, "it was waiting for " + why.waitingFor());
        return new Why(
                Stall.CODE,
                why.state(),
                "nothing that could still come: " + stall.get().subject() + " should have ended long ago",
                Optional.of(stall.get().since()),
                stall.get().node(),
                stall.get().phase(),
                evidence,
                why.answers());
    }

    private static Why explain(RolloutState s, Predicate<String> connected) {
        if (s.status() instanceof RolloutStatus.Held h) {
            List<String> evidence = new ArrayList<>(h.evidence());
            evidence.addAll(outOfService(s));
            return new Why(
                    h.code(),
                    h.label(),
                    "a person: " + h.sentence(),
                    Optional.of(h.since()),
                    Optional.of(h.node()),
                    Optional.of(h.phase()),
                    evidence,
                    answers(s));
        } else if (s.status() instanceof RolloutStatus.Unconfirmed u) {
            return new Why(
                    MANUAL_STEP,
                    u.label(),
                    "a person: " + manual(u),
                    Optional.of(u.since()),
                    Optional.empty(),
                    Optional.empty(),
                    toDo(s),
                    answers(s));
        } else if (s.status() instanceof RolloutStatus.Paused p) {
            return simple(
                    s,
                    "a person: "
                            + (p.by().equals(RolloutStatus.Paused.BY_PLAN)
                                    ? canaries(s)
                                            + " done, and the plan pauses here; see that all is well, then resume or"
                                            + " abort"
                                    : "paused by " + p.by()),
                    Optional.of(p.at()));
        } else if (s.status() instanceof RolloutStatus.Aborted
                && !s.facts().outOfService().isEmpty()) {
            return simple(
                    s,
                    "a person: it was aborted with nodes out of service; deploy/doc/rollouts.md, \"After an abort\", says what to do",
                    Optional.empty());
        } else if (s.status().ended()) {
            return simple(s, "nothing: it has ended", s.status().endedAt());
        }
        return s.nodes().entrySet().stream()
                .flatMap(e -> busy(s, e, connected).stream())
                .findFirst()
                .orElseGet(() -> simple(s, "the next step to start", Optional.empty()));
    }

    /** What a person may answer now. */
    public static List<Answer> answers(RolloutState s) {
        String id = s.id();
        Answer retry = new Answer("retry", "try the failed step again, as a new attempt", "rota rollouts retry " + id);
        Answer resume = new Answer("resume", "go on with the next batch", "rota rollouts resume " + id);
        Answer pause = new Answer("pause", "stop at the next safe point", "rota rollouts pause " + id);
        if (s.status() instanceof RolloutStatus.Unconfirmed u) {
            String which = u.open().size() == 1 ? u.open().get(0) : "--all";
            return List.of(
                    new Answer(
                            "confirm", "it is done, or not needed: go on", "rota rollouts confirm " + id + " " + which),
                    abort(s, leftAsIs(s)));
        } else if (s.status() instanceof RolloutStatus.Held) {
            return List.of(retry, abort(s, leftAsIs(s)));
        } else if (s.status() instanceof RolloutStatus.Paused) {
            return List.of(resume, abort(s, "end the rollout here; every node is in service"));
        } else if (s.status() instanceof RolloutStatus.Running) {
            return List.of(pause, abort(s, "end the rollout at the next safe point"));
        } else if (s.status() instanceof RolloutStatus.Stopping st && !st.abort()) {
            return List.of(resume);
        }
        return List.of();
    }

    /** What a person would have to repair by hand. */
    private static String leftAsIs(RolloutState s) {
        Facts f = s.facts();
        List<String> left = new ArrayList<>();
        f.outOfService()
                .forEach(n -> left.add(n + " is out of service"
                        + (f.left().contains(n) ? ", outside the cluster" : "")
                        + (f.down().contains(n) ? ", stopped" : "")));
        return left.isEmpty()
                ? "end the rollout here; every node stays as it is"
                : "end the rollout here; nodes stay as they are, and Rota repairs none of them afterwards: "
                        + String.join("; ", left);
    }

    private static Answer abort(RolloutState s, String effect) {
        return new Answer("abort", effect, "rota rollouts abort " + s.id());
    }

    /** What a rollout waits for that a person must confirm. */
    public static String manual(RolloutStatus.Unconfirmed u) {
        return "manual " + (u.open().size() == 1 ? "step " : "steps ") + String.join(", ", u.open())
                + " must be confirmed";
    }

    /** The manual steps a rollout waits for, line by line. */
    public static List<String> toDo(RolloutState s) {
        List<String> lines = new ArrayList<>();
        for (ManualStep step : s.unconfirmed()) {
            lines.add(step.id() + ": " + step.title()
                    + step.cited().map(c -> " (" + c.place() + ")").orElse(""));
            step.lines().forEach(l -> lines.add("  " + l));
        }
        return lines;
    }

    private static Why simple(RolloutState s, String waitingFor, Optional<Instant> since) {
        return new Why(
                "",
                s.status().label(),
                waitingFor,
                since,
                Optional.empty(),
                Optional.empty(),
                outOfService(s),
                answers(s));
    }

    /** The canaries of the hop that have had their turn. */
    private static String canaries(RolloutState s) {
        List<String> nodes = s.plan().policy().turns().order().stream()
                .filter(p -> p.why() == Turns.Why.CANARY && p.batch() >= s.hop().firstBatch() && p.batch() < s.batch())
                .map(Turns.Place::node)
                .toList();
        return (nodes.size() == 1 ? "the canary " : "the canaries ")
                + String.join(", ", nodes)
                + (nodes.size() == 1 ? " is" : " are");
    }

    private static List<String> outOfService(RolloutState s) {
        List<String> lines = new ArrayList<>();
        if (!s.facts().outOfService().isEmpty()) {
            lines.add("out of service: " + String.join(", ", s.facts().outOfService()));
        }
        s.currentBatch()
                .ifPresent(b -> b.lanes().forEach(l -> {
                    if (s.node(l.node()) instanceof NodeState.Ready r) {
                        SideBySide.blocker(s, b, l, r)
                                .ifPresent(
                                        other -> lines.add(
                                                l.node() + " waits for " + other
                                                        + ": one node at a time leaves or joins, and only while all others have proved themselves"));
                    }
                }));
        return lines;
    }

    private static Optional<Why> busy(RolloutState s, Map.Entry<String, NodeState> e, Predicate<String> connected) {
        String node = e.getKey();
        if (e.getValue() instanceof NodeState.Working w) {
            boolean here = connected.test(w.executor());
            String what = w.phase().label() + " of " + node + ", attempt " + w.attempt();
            return Optional.of(new Why(
                    here ? "" : "AGENT_SILENT",
                    s.status().label(),
                    here
                            ? "the agent of " + w.executor() + " to finish " + what + ", until " + w.deadline()
                            : "the agent of " + w.executor() + " to come back; it works on " + what
                                    + "; held if it does not answer until " + w.deadline(),
                    Optional.of(w.since()),
                    Optional.of(node),
                    Optional.of(w.phase()),
                    outOfService(s),
                    answers(s)));
        } else if (e.getValue() instanceof NodeState.Gating g) {
            boolean passing = g.passingSince().isPresent();
            List<String> evidence = new ArrayList<>(g.evidence());
            evidence.addAll(outOfService(s));
            return Optional.of(new Why(
                    passing ? "" : "GATE_NOT_PASSED",
                    s.status().label(),
                    "the " + g.purpose().label() + " gate of " + node
                            + (passing ? ", which holds and must stay so" : " to hold"),
                    Optional.of(g.passingSince().orElse(g.since())),
                    Optional.of(node),
                    Optional.of(g.phase()),
                    evidence,
                    answers(s)));
        }
        return Optional.empty();
    }
}

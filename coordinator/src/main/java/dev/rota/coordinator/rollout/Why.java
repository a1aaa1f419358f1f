package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.ManualStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
        Why why = MixedVersions.of(s)
                .filter(mixed -> mixed.tooLong(now) || !(s.status() instanceof RolloutStatus.Held))
                .map(mixed -> mixed(explain(s, connected), mixed, now))
                .orElseGet(() -> explain(s, connected));
        return Stall.of(s, now)
                .map(stall -> stalled(why, stall, stall.cause(s, connected)))
                .orElse(why);
    }

    private static Why mixed(Why why, MixedVersions mixed, Instant now) {
        List<String> evidence = new ArrayList<>(List.of(mixed.sentence(now)));
        evidence.addAll(why.evidence());
        return new Why(
                why.code().isEmpty() && mixed.tooLong(now) ? MixedVersions.CODE : why.code(),
                why.state(),
                why.waitingFor(),
                why.since(),
                why.node(),
                why.phase(),
                evidence,
                why.answers());
    }

    private static Why stalled(Why why, Stall stall, String cause) {
        List<String> evidence =
                new ArrayList<>(List.of("likely cause: " + cause, "it was waiting for " + why.waitingFor()));
        evidence.addAll(why.evidence());
        return new Why(
                Stall.CODE,
                why.state(),
                "nothing that could still come: " + stall.subject() + " should have ended long ago",
                Optional.of(stall.since()),
                stall.node(),
                stall.phase(),
                evidence,
                why.answers());
    }

    private static Why explain(RolloutState s, Predicate<String> connected) {
        if (s.status() instanceof RolloutStatus.Held h) {
            List<String> evidence = new ArrayList<>(h.evidence());
            evidence.addAll(outOfService(s));
            if (Budgets.anyGoesOn(s)) {
                evidence.add("what is out of service goes on all the same until it serves again");
            }
            evidence.addAll(HoldAnswers.noWayBack(s));
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
            return CanaryPause.of(s)
                    .map(pause -> new Why(
                            CanaryPause.CODE,
                            p.label(),
                            "a person: " + pause.sentence(),
                            Optional.of(p.at()),
                            Optional.empty(),
                            Optional.empty(),
                            pause.evidence(s),
                            answers(s)))
                    .orElseGet(() -> simple(s, "a person: paused by " + p.by(), Optional.of(p.at())));
        } else if (s.status() instanceof RolloutStatus.Aborted
                && !s.facts().outOfService().isEmpty()) {
            return simple(
                    s,
                    "a person: it was aborted with nodes out of service; 'rota doctor "
                            + s.plan().cluster() + "' says what is left to do, and with --fix does what it may",
                    Optional.empty());
        } else if (s.status() instanceof RolloutStatus.RolledBack r) {
            return simple(s, rolledBack(s, r), Optional.empty());
        } else if (s.status().ended()) {
            return simple(s, "nothing: it has ended", Optional.empty());
        }
        return s.nodes().entrySet().stream()
                .flatMap(e -> busy(s, e, connected).stream())
                .findFirst()
                .orElseGet(() -> simple(s, "the next step to start", Optional.empty()));
    }

    private static String rolledBack(RolloutState s, RolloutStatus.RolledBack r) {
        String nodes = String.join(", ", s.back().keySet());
        String upgraded = s.facts().upgraded().stream()
                .map(n -> WayBackFrom.obstacle(s, n)
                        .filter(why -> r.all())
                        .map(why -> n + " (" + why + ")")
                        .orElse(n))
                .collect(Collectors.joining(", "));
        return "nothing: it has ended; " + nodes + " went back to " + s.hop().from() + " (by " + r.by() + ")"
                + (upgraded.isEmpty() ? "" : "; on " + s.hop().to() + " stayed " + upgraded);
    }

    /** What a person may answer now. */
    public static List<Answer> answers(RolloutState s) {
        String id = s.id();
        Answer resume = new Answer("resume", "go on with the next batch", "rota rollouts resume " + id);
        Answer pause = new Answer("pause", "stop at the next safe point", "rota rollouts pause " + id);
        if (s.status() instanceof RolloutStatus.Unconfirmed u) {
            String which = u.open().size() == 1 ? u.open().get(0) : "--all";
            return List.of(
                    new Answer(
                            "confirm", "it is done, or not needed: go on", "rota rollouts confirm " + id + " " + which),
                    abort(s, leftAsIs(s)));
        } else if (s.status() instanceof RolloutStatus.Held) {
            List<Answer> answers = new ArrayList<>(HoldAnswers.of(s));
            answers.add(abort(s, Budgets.anyGoesOn(s) ? "end the rollout once all nodes serve again" : leftAsIs(s)));
            return List.copyOf(answers);
        } else if (s.status() instanceof RolloutStatus.Paused) {
            return List.of(resume, abort(s, CanaryPause.abortEffect(s)));
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
        String first = Compensations.noneOpen(s) ? "" : "undo what can be undone at any time, then ";
        return left.isEmpty()
                ? first + "end the rollout here; every node stays as it is"
                : first + "end the rollout here; nodes stay as they are, and 'rota doctor' brings back what it may: "
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

    /** The node whose lane this one waits for before its next step may begin. */
    public static Optional<String> waitsFor(RolloutState s, String node) {
        return s.node(node) instanceof NodeState.Ready r ? SideBySide.blocker(s, node, r) : Optional.empty();
    }

    private static List<String> outOfService(RolloutState s) {
        List<String> lines = new ArrayList<>();
        if (!s.facts().outOfService().isEmpty()) {
            lines.add("out of service: " + String.join(", ", s.facts().outOfService()));
        }
        lines.addAll(SideBySide.explained(s));
        return lines;
    }

    private static Optional<Why> busy(RolloutState s, Map.Entry<String, NodeState> e, Predicate<String> connected) {
        String node = e.getKey();
        if (e.getValue() instanceof NodeState.Working w) {
            boolean here = connected.test(w.executor());
            String what = Outstanding.title(s, node, w) + " of " + node + ", attempt " + w.attempt();
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
            Optional<Blocked> blocked = Blocked.of(s, node, g);
            List<String> evidence = new ArrayList<>(g.evidence());
            if (g.trace().flips() > 1) {
                evidence.add("it went from holding to not holding or back "
                        + g.trace().flips() + " times since " + g.since());
            }
            evidence.addAll(outOfService(s));
            return Optional.of(new Why(
                    passing ? "" : blocked.isPresent() ? Blocked.CODE : "GATE_NOT_PASSED",
                    s.status().label(),
                    "the " + g.purpose().label() + " gate of " + node
                            + (passing ? ", which holds and must stay so" : " to hold")
                            + blocked.map(b -> "; held if the blockers let no node pass until " + b.until())
                                    .orElse(""),
                    Optional.of(g.passingSince().orElse(g.since())),
                    Optional.of(node),
                    Optional.of(g.phase()),
                    evidence,
                    answers(s)));
        }
        if (e.getValue() instanceof NodeState.Retrying r) {
            return Optional.of(new Why(
                    "RETRYING",
                    s.status().label(),
                    "the pause before " + r.phase().label() + " of " + node + " is tried again, until " + r.until(),
                    Optional.empty(),
                    Optional.of(node),
                    Optional.of(r.phase()),
                    List.of(r.why()),
                    answers(s)));
        }
        return Optional.empty();
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.RolloutStatus.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What comes of a step or a health gate that has failed: the plan's policy decides. */
final class Failures {
    /** Codes of a failed step that may pass when it is tried again; the others say that it would not help. */
    private static final Set<String> MAY_PASS = Set.of(
            "EXIT_STATUS",
            "UNEXPECTED_OUTPUT",
            "HTTP_STATUS",
            "NOT_PROVEN",
            "TIMED_OUT",
            "COMMAND_LOST",
            "CHANGED",
            "IO_ERROR",
            "BUSY");

    private Failures() {}

    /** Whether what an agent reported may pass when the step is tried again. */
    static boolean mayPass(String hold, String code) {
        return hold.equals("STEP_TIMED_OUT") || MAY_PASS.contains(code);
    }

    /**
     * The state after the failure: the step waits to be tried again, the node's turn is taken back, or the rollout is held.
     *
     * @param held the hold it leads to unless the policy says otherwise; of a rollout that is held for its budget already, always
     * @param mayPass trying again may help
     */
    static RolloutState failed(RolloutState s, String node, Stuck stuck, Held held, boolean mayPass, Instant now) {
        FailurePolicy policy = s.plan().policy().failure();
        if (s.back().containsKey(node)) {
            return hold(s.with(node, stuck), held);
        }
        int tries = s.attempts(node, stuck.phase()) - s.attemptsBefore(s.batch(), node, stuck.phase());
        int used = Math.max(0, tries - 1);
        if (mayPass && used < policy.retries()) {
            return s.with(node, stuck.retryAt(now.plus(pause(policy, used)), held.sentence()));
        }
        if (policy.then() == FailurePolicy.Then.HOLD || Budgets.spent(s)) {
            return hold(s.with(node, stuck), held);
        }
        return WayBackFrom.obstacle(s, node)
                .map(why -> hold(s.with(node, stuck), with(held, "no rollback by policy: " + why)))
                .orElseGet(() -> turnedBack(
                        s,
                        node,
                        stuck,
                        RolloutStatus.RolledBack.BY_POLICY,
                        held.sentence(),
                        policy.then() == FailurePolicy.Then.ROLLBACK_ALL,
                        now));
    }

    /** The node's turn is taken back from here on. */
    static RolloutState turnedBack(
            RolloutState s, String node, Stuck stuck, String by, String why, boolean all, Instant now) {
        Turnback turnback = new Turnback(by, now, why, all, WayBackFrom.steps(s, node));
        return s.turned(node, turnback).with(s.facts().turnedBack(node)).with(node, stuck.turnBack());
    }

    /**
     * The first hold stays; its answers apply to all that are stuck. One for a spent budget, for which nothing is stuck, gives way to
     * what has failed meanwhile.
     */
    static RolloutState hold(RolloutState s, Held held) {
        return s.status() instanceof Held && !Budgets.spent(s) ? s : s.with(held);
    }

    private static Duration pause(FailurePolicy policy, int used) {
        Duration doubled = policy.backoff().multipliedBy(1L << used);
        return doubled.compareTo(FailurePolicy.MAX_PAUSE) < 0 ? doubled : FailurePolicy.MAX_PAUSE;
    }

    private static Held with(Held held, String line) {
        List<String> evidence = new ArrayList<>(held.evidence());
        evidence.add(line);
        return new Held(held.code(), held.node(), held.phase(), held.sentence(), evidence, held.since());
    }
}

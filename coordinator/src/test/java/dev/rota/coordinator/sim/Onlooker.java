package dev.rota.coordinator.sim;

import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.ProbePlan;
import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.port.OutsideWatch;
import dev.rota.coordinator.rollout.Availability;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What can be seen from outside the nodes: the service answers while clients reach a node, and a blocker blocks now and then. Knows
 * the truth, and holds what the coordinators measured and did against it.
 */
final class Onlooker {
    static final Check SERVICE = new Check.Tcp("service", 80);
    static final Check ALERTS = new Check.Run(List.of("alerts"));
    static final ClusterChecks.Probe PROBE =
            new ClusterChecks.Probe(SERVICE, Duration.ofSeconds(1), Duration.ofSeconds(2));
    static final ClusterChecks.Blocker BLOCKER =
            new ClusterChecks.Blocker("alerts", ALERTS, Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final int LATENCY_MS = 40;

    private final World world;
    private final Schedule schedule;
    private long blockedUntilMs;
    private long cutUntilMs;
    private boolean down;
    private long sinceMs;
    private long downMs;
    private long outages;
    private final SortedSet<String> holds = new TreeSet<>();

    Onlooker(World world) {
        this.world = world;
        this.schedule = world.schedule();
    }

    private boolean watched() {
        return world.plan().oversight().probe().isPresent();
    }

    /** Now and then alerts fire for a while, or nobody reaches the service whatever the nodes do, and at last no more. */
    void roam() {
        if (watched()) {
            if (world.chaos().spend(30)) {
                long forMs = 1_000L + schedule.random(300_000);
                world.trace(() -> "alerts fire for " + forMs);
                blockedUntilMs = schedule.nowMs() + forMs;
            } else if (world.chaos().spend(20)) {
                long forMs = 1_000L + schedule.random(90_000);
                world.trace(() -> "nobody reaches the service for " + forMs);
                cutUntilMs = schedule.nowMs() + forMs;
                schedule.in(forMs, this::look);
            }
            schedule.in(5_000 + schedule.random(60_000), this::roam);
        }
    }

    /** Nobody will reach the service then. */
    void away(long atMs, long forMs) {
        schedule.in(atMs, () -> {
            cutUntilMs = schedule.nowMs() + forMs;
            schedule.in(forMs, this::look);
        });
    }

    /** What a coordinator is configured to ask. */
    OutsideWatch asked(Host host, int life) {
        if (!watched()) {
            return OutsideWatch.none();
        }
        return new OutsideWatch(
                (check, timeout, answer) -> schedule.in(1 + schedule.random(LATENCY_MS), () -> {
                    CheckAnswer now = check.equals(SERVICE)
                            ? new CheckAnswer(reached(), reached() ? "" : "no connection")
                            : new CheckAnswer(!blocked(), blocked() ? "2 alerts fire" : "");
                    schedule.in(schedule.random(LATENCY_MS), () -> host.run(life, () -> answer.accept(now)));
                }),
                Map.of(world.plan().cluster(), new ClusterChecks(Optional.of(PROBE), List.of(BLOCKER))));
    }

    private boolean reached() {
        return schedule.nowMs() >= cutUntilMs
                && world.product().nodes().stream().anyMatch(Product.Node::reached);
    }

    private boolean blocked() {
        return schedule.nowMs() < blockedUntilMs;
    }

    /** After every event, while the rollout is under way. */
    void look() {
        if (reached() == down) {
            if (down) {
                downMs += schedule.nowMs() - sinceMs;
            } else {
                outages++;
            }
            down = !down;
            sinceMs = schedule.nowMs();
        }
    }

    /** No node goes against a blocker, and none begins when the budget is spent. */
    void committed(RolloutState before, RolloutState after, Event event) {
        if (after.status() instanceof RolloutStatus.Held h) {
            holds.add(h.code());
        }
        if (!watched() || before.hop().mode() != Mode.SOFT) {
            return;
        }
        boolean takesOut = after.facts().outOfService().size()
                > before.facts().outOfService().size();
        if (takesOut
                && before.status() instanceof RolloutStatus.Held h
                && h.code().equals("BUDGET_EXCEEDED")) {
            throw new Breach("nothing begins over the budget", after.facts().outOfService() + " out of service");
        }
        boolean free = event instanceof Event.Looked l
                && l.sight().blockers().stream()
                        .map(BlockerAnswer::name)
                        .toList()
                        .contains(BLOCKER.name())
                && l.sight().blockers().stream().noneMatch(BlockerAnswer::blocks);
        if (takesOut && before.back().isEmpty() && !free) {
            throw new Breach("a blocker was not asked", after.facts().outOfService() + " out of service");
        }
    }

    /** The codes of all holds there were. */
    SortedSet<String> holds() {
        return holds;
    }

    /** What was measured is what was so, as exactly as it can be known. */
    void end(RolloutState rollout) {
        Oversight o = world.plan().oversight();
        if (!watched()) {
            return;
        }
        ProbePlan plan = o.probe().orElseThrow();
        Availability a =
                rollout.overseen().probe().until(rollout.status().endedAt().orElseThrow(), plan);
        long trueMs = downMs + (down ? schedule.nowMs() - sinceMs : 0);
        if (outages == 0 && (a.failed() > 0 || !a.down().isZero())) {
            throw new Breach("no outage is invented", a.toString());
        }
        long apart = Math.abs(a.down().toMillis() - trueMs);
        long known = 2 * (outages + a.outages() + a.holes()) * (plan.every().toMillis() + 2 * LATENCY_MS)
                + a.unwatched().toMillis();
        if (apart > known) {
            throw new Breach(
                    "what was measured is what was so",
                    "down for " + trueMs + " ms in " + outages + " outages, known up to " + known + ": " + a);
        }
    }
}

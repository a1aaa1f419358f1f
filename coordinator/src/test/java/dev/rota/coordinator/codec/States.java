package dev.rota.coordinator.codec;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Availability;
import dev.rota.coordinator.rollout.ClusterFacts;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Facts;
import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.coordinator.rollout.GateTrace;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.Overseen;
import dev.rota.coordinator.rollout.ProbeLog;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.coordinator.rollout.Skip;
import dev.rota.coordinator.rollout.StepRecord;
import dev.rota.coordinator.rollout.Turnback;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A state with everything in it: every status, every node state, every optional part set and not set. */
final class States {
    private static final Instant AT = Instant.parse("2026-01-05T22:00:00.123456Z");

    private States() {}

    static List<RolloutStatus> statuses() {
        return List.of(
                new RolloutStatus.Running(),
                new RolloutStatus.Stopping(true, "ann", AT),
                new RolloutStatus.Paused("ann", AT),
                new RolloutStatus.Held("EXIT", "n1", Phase.STOP, "it ended with 1", List.of("line 1", "line 2"), AT),
                new RolloutStatus.Unconfirmed(List.of("m1", "m2"), AT),
                new RolloutStatus.Succeeded(AT),
                new RolloutStatus.Aborted("ann", AT),
                new RolloutStatus.RolledBack("policy", AT, true));
    }

    static List<NodeState> nodeStates() {
        Instant later = AT.plusSeconds(60);
        return List.of(
                new NodeState.Waiting(),
                new NodeState.Ready(3),
                new NodeState.Working(2, Phase.JOIN, 4, "n2", Optional.of("n2"), AT, later),
                new NodeState.Working(2, Phase.STOP, 1, "n1", Optional.empty(), AT, later),
                new NodeState.Gating(5, Phase.VERIFY, GatePurpose.VERIFY, 2, AT, Optional.of(later), AT, List.of()),
                new NodeState.Gating(
                        5, Phase.DRAIN, GatePurpose.TAKE_OUT, 1, AT, Optional.empty(), AT, List.of("no"), trace(later)),
                new NodeState.Stuck(1, Phase.LEAVE, 2, Optional.of(GatePurpose.LEAVE)),
                new NodeState.Stuck(1, Phase.JOIN, 2, Optional.empty()),
                new NodeState.Retrying(1, Phase.START, 3, later, "start of n9 failed"));
    }

    /** The plan of every rollout here; its bytes do not change with the recipe's text or the planner's words. */
    static Plan plan() {
        Plan p = Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9")
                .zone("n2", "east")
                .plan();
        Plan cut = Plans.withBatches(Plans.bare(p), Plans.bare(p).batches().subList(0, 2));
        return Plans.on(cut, "d".repeat(64), new TreeMap<>()).withId("c".repeat(64));
    }

    static CoordinatorState full() {
        Plan kept = Plans.withPolicy(
                        plan(),
                        new Policy(new FailurePolicy(2, Duration.ofSeconds(7), FailurePolicy.Then.ROLLBACK_ALL)))
                .withId("c".repeat(64));
        Plan forgotten = plan().withId("b".repeat(64));
        SortedMap<String, RolloutState> rollouts = new TreeMap<>();
        List<String> order = new ArrayList<>();
        for (RolloutStatus status : statuses()) {
            String id = "r" + (9 - order.size());
            order.add(id);
            rollouts.put(id, rollout(id, order.size() % 2 == 0 ? kept : forgotten, status));
        }
        return new CoordinatorState(
                Situation.of("shop", "23.01", "23.04", "n1", "n2")
                        .zone("n2", "east")
                        .inventory(),
                releases(),
                new TreeMap<>(Map.of(kept.id(), kept)),
                rollouts,
                List.of(kept.id()),
                order,
                new TreeMap<>(Map.of("q1", "r9", "q0", "shop/23.04")),
                List.of("q1", "q0"),
                new TreeMap<>(Map.of(
                        "shop",
                        List.of(
                                new NoteRef("23.04/upgrade.md", "e".repeat(64), 1234),
                                new NoteRef("index.rst", "f".repeat(64), 1)))),
                new TreeMap<>(Map.of("rota-1", "rota-1.example.org:7443", "rota-2", "[fd00::2]:7443")),
                ClusterFacts.none());
    }

    private static SortedMap<String, Release> releases() {
        Release plain = new Release(
                "shop",
                Version.parse("23.04"),
                new Release.ArtifactRef("a".repeat(64), 1234, "shop.tar"),
                Optional.empty(),
                "",
                Optional.empty(),
                AT,
                "ann");
        Release full = new Release(
                "shop",
                Version.parse("24.12-rc1"),
                new Release.ArtifactRef("b".repeat(64), 5678, "shop-24.tar"),
                Optional.of(false),
                "tables change",
                Optional.of(Version.parse("23.04")),
                AT,
                "ben",
                Optional.of(LocalDate.parse("2024-12-18")),
                Optional.of(new Release.Withdrawal("loses carts", "ann", AT.plusSeconds(1))));
        return new TreeMap<>(Map.of(plain.key(), plain, full.key(), full));
    }

    private static RolloutState rollout(String id, Plan plan, RolloutStatus status) {
        SortedMap<String, NodeState> nodes = new TreeMap<>();
        for (NodeState s : nodeStates()) {
            nodes.put("n" + (nodes.size() + 1), s);
        }
        Facts facts =
                new Facts(set("n1"), set("n2", "n1"), set("n3"), set("n4"), set("n5"), set("n6"), set("m1", "w2"));
        boolean mixed = !status.ended();
        return new RolloutState(
                id,
                plan,
                "ann",
                AT,
                17,
                status,
                mixed ? 1 : -1,
                nodes,
                facts,
                new TreeMap<>(Map.of("n1/stop", 2, "n2/join", 1)),
                history(),
                mixed ? Optional.of(AT.plusSeconds(5)) : Optional.empty(),
                Duration.ofSeconds(3, 123_456_000),
                List.of(new ManualStep("w2", 1, "release 24.12 was withdrawn", List.of("a", "b"), Optional.empty())),
                new TreeMap<>(Map.of(
                        "n1",
                        new Turnback(
                                "ben",
                                AT,
                                "start of n1 failed",
                                mixed,
                                List.of(new Plan.PlannedStep(
                                        Phase.STOP,
                                        Recipe.On.SELF,
                                        Duration.ofSeconds(9),
                                        true,
                                        Optional.of(Duration.ofSeconds(1)),
                                        true))))),
                List.of(new Skip("n2", Phase.CHECK, true, "ann", AT), new Skip("n1", Phase.CLEANUP, false, "ben", AT)),
                List.of(),
                overseen(status));
    }

    private static Overseen overseen(RolloutStatus status) {
        if (status.ended()) {
            return Overseen.nothing(AT);
        }
        Availability part = new Availability(
                12,
                3,
                Duration.ofMillis(900),
                Duration.ofMillis(700),
                Duration.ofMillis(100),
                2,
                Duration.ofSeconds(9),
                1);
        return new Overseen(
                new ProbeLog(
                        AT.plusSeconds(4),
                        true,
                        "no connection",
                        true,
                        part,
                        new TreeMap<>(Map.of(0, part, 11, part)),
                        new ProbeLog.Spent(Duration.ofMillis(200), 1)),
                List.of(new Known("n3", Known.NODE_UNHEALTHY, "n3 does not serve: no answer")));
    }

    private static GateTrace trace(Instant later) {
        return new GateTrace(
                3,
                List.of(new GateTrace.Change(AT, List.of()), new GateTrace.Change(later, List.of("no", "nor that"))),
                Optional.of(later));
    }

    private static List<StepRecord> history() {
        List<StepRecord> all = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            all.add(new StepRecord(
                    1,
                    "n1",
                    Phase.BACKUP,
                    Optional.empty(),
                    all.size() + 1,
                    "n2",
                    outcome,
                    AT,
                    AT.plusMillis(30),
                    20,
                    10,
                    "it ended with 1",
                    new TreeMap<>(Map.of("backup.sha256", "b".repeat(64), "a", "1")),
                    outcome == Outcome.FAILED));
        }
        for (GatePurpose gate : GatePurpose.values()) {
            all.add(new StepRecord(
                    0,
                    "n1",
                    Phase.VERIFY,
                    Optional.of(gate),
                    1,
                    "n1",
                    Outcome.DONE,
                    AT,
                    AT.plusMillis(30),
                    20,
                    0,
                    "",
                    new TreeMap<>(),
                    false));
        }
        return all;
    }

    private static SortedSet<String> set(String... names) {
        return new TreeSet<>(List.of(names));
    }
}

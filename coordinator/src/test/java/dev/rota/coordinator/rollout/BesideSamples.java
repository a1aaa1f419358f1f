package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.plan.TurnRequest;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Ready;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Situations of canaries, and of n1 beside n2, in which n1 is in the state the name begins with. */
final class BesideSamples {
    private BesideSamples() {}

    static Map<String, RolloutState> all() {
        Map<String, RolloutState> all = new LinkedHashMap<>();
        all.put(
                "Working (last of the canaries)",
                canary().untilWorking("n1", Phase.UNDRAIN).rollout());
        all.put(
                "Stuck (backup of the canary)",
                canary().untilWorking("n1", Phase.BACKUP)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put("Ready (drained, another lane is held)", drained().rollout());
        all.put("Ready (another lane is held, nothing was changed)", backedUp().rollout());
        all.put("Stuck (gate, another lane may go first)", leaving().rollout());
        all.put(
                "Working (drain, the node beside it goes back)",
                drainedBesideWayBack().rollout());
        all.put("Gating (take-out, beside one that is overdue)", atTheGate().rollout());
        all.put("Ready (beside one that may be skipped)", besideBackup().rollout());
        all.put(
                "Gating (verify, policy rollback, another one joins)",
                unhealthyBesideJoin().rollout());
        all.put(
                "Stuck (backup, the node beside it went back)",
                stuckBesideWayBack().rollout());
        all.put(
                "Retrying (drain, beside one that is overdue, policy rollback)",
                retryingBesideItsLastTry().rollout());
        all.put(
                "Retrying (stop, beside one that is overdue, policy rollback)",
                stoppingBesideItsLastTry().rollout());
        return all;
    }

    private static Drive canary() {
        return Drive.of(
                Situation.of("shop", "23.01", "23.04", "n1", "n2").turns(new TurnRequest(0, 0, 1, List.of(), true)));
    }

    /** n2 and n1 side by side, after n3; n2 is told to stop. */
    private static Drive beside(FailurePolicy.Then then) {
        Situation s = Situation.of("shop", "23.01", "23.04", "n3", "n2", "n1").bounds(2, 1);
        Plan p = s.plan();
        FailurePolicy failure = new FailurePolicy(0, Duration.ofSeconds(1), then);
        return Drive.of(s, Plans.withPolicy(p, p.policy().with(failure)))
                .untilWorking("n1", Phase.BACKUP)
                .only("n2", n -> n instanceof Working w && w.phase() == Phase.STOP);
    }

    private static Drive drained() {
        return beside(FailurePolicy.Then.HOLD)
                .only("n1", n -> n instanceof Working w && w.phase() == Phase.DRAIN)
                .answer("n2", Outcome.FAILED)
                .answer("n1", Outcome.DONE);
    }

    /** n2 goes back by policy, and n1 is about to be drained. */
    private static Drive drainedBesideWayBack() {
        return beside(FailurePolicy.Then.ROLLBACK_NODE)
                .wait(Duration.ofSeconds(570))
                .only("n1", n -> n instanceof Working w && w.phase() == Phase.DRAIN)
                .answer("n2", Outcome.FAILED);
    }

    /** n1 has joined and is not healthy yet while n2 joins. */
    private static Drive unhealthyBesideJoin() {
        return beside(FailurePolicy.Then.ROLLBACK_NODE)
                .only("n1", n -> n instanceof Gating g && g.purpose() == GatePurpose.VERIFY)
                .only("n2", n -> n instanceof Working w && w.phase() == Phase.JOIN);
    }

    /** The drain of n1 will be tried again; n2 stops for the last time. */
    private static Drive retryingBesideItsLastTry() {
        Situation s = Situation.of("shop", "23.01", "23.04", "n3", "n2", "n1").bounds(2, 1);
        Plan p = s.plan();
        FailurePolicy failure = new FailurePolicy(1, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_NODE);
        return Drive.of(s, Plans.withPolicy(p, p.policy().with(failure)))
                .untilWorking("n1", Phase.BACKUP)
                .only("n2", n -> n instanceof Working w && w.phase() == Phase.STOP)
                .only("n1", n -> n instanceof Working w && w.phase() == Phase.DRAIN)
                .answer("n2", Outcome.TIMED_OUT)
                .wait(Duration.ofSeconds(2))
                .tick()
                .answer("n1", Outcome.TIMED_OUT);
    }

    /** The same where a node must be stopped again before it can go back. */
    private static Drive stoppingBesideItsLastTry() {
        Situation s = Situation.of("desk", "1.0", "1.1", "n2", "n1", "n3").bounds(2, 1);
        Plan p = s.plan();
        FailurePolicy failure = new FailurePolicy(1, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_ALL);
        return Drive.of(s, Plans.withPolicy(p, p.policy().with(failure)))
                .until(r -> r.node("n2") instanceof Working w && w.phase() == Phase.STOP)
                .only("n1", n -> n instanceof Working w && w.phase() == Phase.STOP)
                .answer("n2", Outcome.TIMED_OUT)
                .wait(Duration.ofSeconds(2))
                .tick()
                .answer("n1", Outcome.TIMED_OUT);
    }

    private static Drive stuckBesideWayBack() {
        return beside(FailurePolicy.Then.HOLD)
                .answer("n2", Outcome.FAILED)
                .control(Event.Control.ROLLBACK)
                .only("n2", n -> n instanceof NodeState.Waiting)
                .answer("n1", Outcome.FAILED);
    }

    private static Drive atTheGate() {
        return beside(FailurePolicy.Then.HOLD)
                .only("n1", n -> n instanceof Gating g && g.purpose() == GatePurpose.TAKE_OUT);
    }

    /** The backup of n2 has failed before anything was done to it. */
    private static Drive besideBackup() {
        Situation s = Situation.of("shop", "23.01", "23.04", "n3", "n2", "n1").bounds(2, 1);
        return Drive.of(s)
                .until(r -> r.node("n1") instanceof Working w && w.phase() == Phase.BACKUP)
                .answer("n2", Outcome.FAILED)
                .answer("n1", Outcome.DONE);
    }

    private static Drive backedUp() {
        return beside(FailurePolicy.Then.HOLD).answer("n2", Outcome.FAILED).answer("n1", Outcome.DONE);
    }

    /** n1 is held by its leave gate while n2 waits to join. */
    private static Drive leaving() {
        Drive d = beside(FailurePolicy.Then.HOLD)
                .only("n1", n -> n instanceof Gating g && g.purpose() == GatePurpose.LEAVE)
                .only("n2", n -> n instanceof Ready);
        d.look("n1", v -> new TreeMap<>());
        return d.wait(Duration.ofMinutes(5)).look("n1", v -> new TreeMap<>());
    }
}

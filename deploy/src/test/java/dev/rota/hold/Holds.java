package dev.rota.hold;

import dev.rota.cli.view.ExplanationView;
import dev.rota.cli.view.layout.Page;
import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.FailurePolicy.Then;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.grpc.RolloutViews;
import dev.rota.coordinator.plan.TurnRequest;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.Observations;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.coordinator.rollout.Unlikely;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An ejabberd cluster of three nodes whose upgrade comes to each kind of hold, and what {@code rota why} prints there. */
final class Holds {
    private static final String OTHER = "c0ffee".repeat(10) + "beef";
    private static final int WIDTH = 100;
    /** More than any gate may fail. */
    private static final Duration LONG = Duration.ofMinutes(30);

    private Holds() {}

    /** By name, in the order of a turn. */
    static Map<String, String> screens() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "manual-step",
                why(Drive.of(chat().note("23.04/sql.md", """
                # Upgrade to ejabberd 23.04

                On MySQL:

                ```sql
                ALTER TABLE archive ADD COLUMN reply text;
                ```
                """).assume("storage", "mysql"))
                        .until(r -> r.status() instanceof RolloutStatus.Unconfirmed)));
        all.put(
                "step-refused",
                why(soft().untilWorking("n1", Phase.CHECK)
                        .answer(
                                "n1",
                                report(
                                        Outcome.REFUSED,
                                        "RECIPE_MISMATCH",
                                        "the recipe ejabberd of this agent is not the plan's",
                                        "",
                                        ""))));
        all.put("backup-missing", unfit("BACKUP_MISSING", "there is no backup of hop 7c1d90 on n1"));
        all.put(
                "backup-changed",
                unfit("BACKUP_CHANGED", "the backup of hop 7c1d90 has the digest c0ffee, and 5a8364 was recorded"));
        all.put(
                "backup-unreadable",
                unfit("BACKUP_UNREADABLE", "the backup of hop 7c1d90 cannot be read: it ends after 4096 bytes"));
        all.put(
                "backup-unverified",
                why(soft().untilWorking("n2", Phase.BACKUP).answer("n2", report(Outcome.DONE, "", "", "", ""))));
        all.put("node-unhealthy", gate(soft(), "n2", Phase.DRAIN, "n3", Observations::unhealthy));
        all.put(
                "members-disagree",
                gate(
                        soft(),
                        "n2",
                        Phase.LEAVE,
                        "n3",
                        o -> Observations.members(o, List.of("ejabberd@n1", "ejabberd@n3"))));
        all.put("replicas-differ", gate(soft(), "n2", Phase.LEAVE, "n3", o -> Observations.replicas(o, "carts", "6")));
        all.put(
                "step-timed-out",
                why(soft().untilWorking("n2", Phase.LEAVE)
                        .answer(
                                "n2",
                                report(
                                        Outcome.TIMED_OUT,
                                        "TIMED_OUT",
                                        "it did not end within 2 min",
                                        "ejabberdctl leave_cluster ejabberd@n2",
                                        "Node ejabberd@n2 is asked to leave\n"))));
        all.put("step-failed", why(soft().untilWorking("n2", Phase.START).answer("n2", brokenStart())));
        all.put(
                "agent-silent",
                why(soft().untilWorking("n2", Phase.JOIN).wait(LONG).tick()));
        all.put("artifact-wrong", gate(soft(), "n2", Phase.VERIFY, "n2", o -> Observations.runs(o, "23.04", OTHER)));
        all.put("version-wrong", gate(soft(), "n2", Phase.VERIFY, "n2", o -> Observations.runs(o, "23.01", OTHER)));
        all.put(
                "gate-not-passed",
                why(soft().untilGating("n2", Phase.VERIFY)
                        .wait(Duration.ofSeconds(2))
                        .look("n2", v -> edited(v, "n2", Observations::unhealthy))));
        all.put(
                "retrying",
                why(policy(new FailurePolicy(3, Duration.ofSeconds(10), Then.HOLD))
                        .untilWorking("n2", Phase.START)
                        .answer("n2", brokenStart())));
        all.put(
                "no-way-back-by-itself",
                why(Drive.of(chat().mode(Mode.FULL_STOP))
                        .untilWorking("n3", Phase.START)
                        .answer("n3", brokenStart())));
        all.put(
                "going-back",
                why(policy(new FailurePolicy(0, Duration.ofSeconds(10), Then.ROLLBACK_ALL))
                        .untilWorking("n2", Phase.START)
                        .answer("n2", brokenStart())
                        .untilWorking("n2", Phase.START)
                        .answer("n2", brokenStart())));
        Drive paused = soft().untilWorking("n2", Phase.LEAVE)
                .control(Control.PAUSE)
                .until(r -> r.status() instanceof RolloutStatus.Paused);
        all.put("paused", why(paused));
        all.put("mixed-too-long", screen(paused.rollout(), paused.now().plus(Duration.ofHours(25))));
        all.put(
                "paused-after-canary",
                why(Drive.of(chat().turns(new TurnRequest(0, 0, 1, List.of(), true)))
                        .until(r -> r.status() instanceof RolloutStatus.Paused)));
        all.put("side-by-side", why(beside(Phase.LEAVE).only("n2", n -> n instanceof NodeState.Ready)));
        all.put(
                "side-by-side-held",
                why(beside(Phase.STOP)
                        .only("n2", n -> n instanceof NodeState.Working w && w.phase() == Phase.DRAIN)
                        .answer("n1", brokenStart())
                        .answer("n2", Outcome.DONE)));
        Drive installing = soft().untilWorking("n2", Phase.INSTALL);
        all.put("stalled", screen(installing.rollout(), installing.now().plus(Duration.ofHours(2))));
        Drive joining = soft().untilWorking("n2", Phase.JOIN);
        all.put(
                "no-peer",
                screen(
                        Unlikely.held(
                                joining.rollout(),
                                "n2",
                                "NO_PEER",
                                "join of n2 needs a serving peer, and there is none",
                                joining.now()),
                        joining.now()));
        all.put(
                "safety-rule",
                screen(
                        Unlikely.held(
                                joining.rollout(),
                                "n2",
                                "SAFETY_RULE",
                                "rule 4: n2 would join without a verified backup",
                                joining.now()),
                        joining.now()));
        Drive draining = soft().untilWorking("n2", Phase.DRAIN);
        all.put(
                "no-slot",
                screen(
                        Unlikely.held(
                                draining.rollout(),
                                "n2",
                                "NO_SLOT",
                                "the take-out gate of n2 does not hold: [n1] is out of service already, 1 at a time may be",
                                draining.now()),
                        draining.now()));
        all.putAll(OutsideHolds.screens());
        return all;
    }

    static Situation chat() {
        return Situation.of("ejabberd", "23.01", "23.04", "n1", "n2", "n3")
                .ranFrom("e".repeat(64))
                .assume("storage", "mnesia")
                .note("23.04/upgrade.md", "# Upgrade to ejabberd 23.04\n\nThere are new options.\n");
    }

    private static Drive soft() {
        return Drive.of(chat());
    }

    /** n1 and n2 side by side; n1 has come to this phase of its turn, n2 makes its backup. */
    private static Drive beside(Phase phase) {
        return Drive.of(chat().bounds(2, 1))
                .until(r -> r.node("n1") instanceof NodeState.Gating)
                .only("n1", n -> n instanceof NodeState.Working w && w.phase() == phase);
    }

    private static Drive policy(FailurePolicy policy) {
        return Drive.of(chat(), Plans.withPolicy(chat().plan(), new Policy(policy)));
    }

    private static String unfit(String code, String message) {
        return why(soft().untilWorking("n1", Phase.CHECK).answer("n1", report(Outcome.FAILED, code, message, "", "")));
    }

    private static StepReport brokenStart() {
        return report(Outcome.FAILED, "NOT_PROVEN", "ejabberd did not run within 1 min", "ejabberdctl started", """
                [critical] Failed to start ejabberd application: Unknown option: no_such_option
                [error] the node is stopping
                """);
    }

    private static StepReport report(Outcome outcome, String code, String message, String action, String output) {
        return new StepReport(outcome, code, message, action, output, 100, 50, 20, new TreeMap<>());
    }

    /** The node's gate before, or after, the phase is looked at with one observation edited until it is held. */
    private static String gate(
            Drive drive, String node, Phase phase, String other, UnaryOperator<NodeObservation> edit) {
        drive.untilGating(node, phase).wait(Duration.ofSeconds(10));
        drive.look(node, v -> edited(v, other, edit));
        drive.wait(LONG).look(node, v -> edited(v, other, edit));
        return why(drive);
    }

    private static <M extends Map<String, NodeObservation>> M edited(
            M view, String node, UnaryOperator<NodeObservation> edit) {
        view.computeIfPresent(node, (n, o) -> edit.apply(o));
        return view;
    }

    static String why(Drive drive) {
        return screen(drive.rollout(), drive.now());
    }

    private static String screen(RolloutState s, Instant now) {
        Predicate<String> connected = node -> true;
        return ExplanationView.text(
                RolloutViews.explanation("chat-1", s, connected, now), new Page(WIDTH, false, now.plusSeconds(90)));
    }
}

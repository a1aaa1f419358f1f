package dev.rota.cli.view;

import static dev.rota.cli.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.rota.cli.DoctorSamples;
import dev.rota.cli.Golden;
import dev.rota.cli.OversightSamples;
import dev.rota.cli.PlanSamples;
import dev.rota.cli.Samples;
import dev.rota.cli.StallSamples;
import dev.rota.cli.TurnSamples;
import dev.rota.cli.view.layout.Page;
import dev.rota.wire.operator.v1.BackupList;
import dev.rota.wire.operator.v1.CoordinatorList;
import dev.rota.wire.operator.v1.Diagnosis;
import dev.rota.wire.operator.v1.Explanation;
import dev.rota.wire.operator.v1.FailurePolicy;
import dev.rota.wire.operator.v1.NodeList;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.ReleaseList;
import dev.rota.wire.operator.v1.RepairResult;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.RolloutList;
import dev.rota.wire.operator.v1.Status;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ViewGoldenTest {
    private static final Page WIDE = new Page(Page.UNLIMITED, false, NOON.plusSeconds(30));
    private static final Page NARROW = new Page(60, false, NOON.plusSeconds(30));
    private static final Page COLOURED = new Page(100, true, NOON.plusSeconds(30));

    record View<M extends Message>(String name, M message, BiFunction<M, Page, String> view) {
        String on(Page page) {
            return view.apply(message, page);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<View<?>> views() {
        return Stream.of(
                new View<>("status", Samples.status(), StatusView::text),
                new View<>(
                        "status-empty", Status.newBuilder().setCoordinator("c2").build(), StatusView::text),
                new View<>(
                        "status-replicated",
                        Samples.status().toBuilder()
                                .addAllCoordinators(Samples.coordinators().getCoordinatorsList())
                                .build(),
                        StatusView::text),
                new View<>(
                        "status-leaderless",
                        Samples.status().toBuilder()
                                .setLeader(false)
                                .clearLeaderName()
                                .setMayBeOld(true)
                                .build(),
                        StatusView::text),
                new View<>("coordinators", Samples.coordinators(), CoordinatorsView::text),
                new View<>(
                        "coordinators-leaderless",
                        Samples.coordinators().toBuilder()
                                .clearLeaderName()
                                .setMayBeOld(true)
                                .build(),
                        CoordinatorsView::text),
                new View<>("coordinators-empty", CoordinatorList.getDefaultInstance(), CoordinatorsView::text),
                new View<>("doctor", DoctorSamples.diagnosis(), DoctorView::text),
                new View<>("doctor-empty", Diagnosis.getDefaultInstance(), DoctorView::text),
                new View<>("doctor-fix", DoctorSamples.repaired(), DoctorView::repaired),
                new View<>("doctor-by-hand", DoctorSamples.left(), DoctorView::undone),
                new View<>("doctor-fix-nothing", RepairResult.getDefaultInstance(), DoctorView::repaired),
                new View<>("nodes", Samples.nodes(), NodesView::text),
                new View<>("nodes-drift", DoctorSamples.drift(), NodesView::text),
                new View<>("status-attention", DoctorSamples.attention(), StatusView::text),
                new View<>("nodes-empty", NodeList.getDefaultInstance(), NodesView::text),
                new View<>("backups", Samples.backups(), BackupsView::text),
                new View<>("backups-empty", BackupList.getDefaultInstance(), BackupsView::text),
                new View<>("releases", Samples.releases(), ReleasesView::list),
                new View<>("releases-empty", ReleaseList.getDefaultInstance(), ReleasesView::list),
                new View<>("release", Samples.release(), ReleasesView::text),
                new View<>("release-withdrawn", Samples.withdrawnRelease(), ReleasesView::text),
                new View<>("release-removed", Samples.removedRelease(), ReleasesView::removed),
                new View<>(
                        "release-removed-kept",
                        Samples.removedRelease().toBuilder()
                                .setBytesRemoved(false)
                                .build(),
                        ReleasesView::removed),
                new View<>("notes-import", Samples.notesImport(), NotesView::text),
                new View<>("notes-unchanged", unchanged(), NotesView::text),
                new View<>("notes-without-hops", withoutHops(), NotesView::text),
                new View<>("plan-soft", PlanSamples.softPlan(), ViewGoldenTest::plan),
                new View<>("plan-full-stop", PlanSamples.fullStopPlan(), ViewGoldenTest::plan),
                new View<>("plan-notes", PlanSamples.notesPlan(), ViewGoldenTest::plan),
                new View<>("plan-notes-explained", PlanSamples.notesPlan(), (p, page) -> PlanView.text(p, page, true)),
                new View<>("plan-hops", PlanSamples.hopsPlan(), (p, page) -> PlanView.text(p, page, true)),
                new View<>(
                        "plan-dry-run",
                        PlanSamples.softPlan().toBuilder().setDryRun(true).build(),
                        ViewGoldenTest::plan),
                new View<>(
                        "plan-policy",
                        PlanSamples.softPlan().toBuilder()
                                .setFailure(FailurePolicy.newBuilder()
                                        .setRetries(2)
                                        .setBackoffMs(10_000)
                                        .setThen("rollback-node"))
                                .setAgain("the port is free now")
                                .build(),
                        ViewGoldenTest::plan),
                new View<>("plan-turns", TurnSamples.turns(), ViewGoldenTest::plan),
                new View<>("rollout-paused", TurnSamples.paused(), RolloutView::text),
                new View<>("plan-empty", Plan.getDefaultInstance(), ViewGoldenTest::plan),
                new View<>("rollouts", Samples.rollouts(), RolloutsView::text),
                new View<>("rollouts-empty", RolloutList.getDefaultInstance(), RolloutsView::text),
                new View<>("rollout-started", Samples.started(), RolloutView::text),
                new View<>("rollout-running", Samples.running(), RolloutView::text),
                new View<>("rollout-held", Samples.held(), RolloutView::text),
                new View<>("rollout-going-back", Samples.goingBack(), RolloutView::text),
                new View<>("rollout-rolled-back", Samples.rolledBack(), RolloutView::text),
                new View<>("rollout-succeeded", Samples.succeeded(), RolloutView::text),
                new View<>("rollout-empty", Rollout.getDefaultInstance(), RolloutView::text),
                new View<>("rollout-acknowledged", Samples.running(), RolloutView::acknowledged),
                new View<>("summary", Samples.succeeded(), RolloutView::summary),
                new View<>("hold", Samples.hold(), HoldView::text),
                new View<>("hold-blocked", OversightSamples.blocked(), HoldView::text),
                new View<>("hold-over-budget", OversightSamples.overBudget(), HoldView::text),
                new View<>("plan-watched", OversightSamples.plan(), ViewGoldenTest::plan),
                new View<>("rollout-probed", OversightSamples.probed(), RolloutView::text),
                new View<>("report-probed", OversightSamples.probed(), RolloutView::summary),
                new View<>("why", Samples.explanation(), ExplanationView::text),
                new View<>("plan-limits", StallSamples.limits(), (p, page) -> PlanView.text(p, page, true)),
                new View<>("rollout-stalled", StallSamples.stalled(), RolloutView::text),
                new View<>("live-stalled", StallSamples.stalled(), (r, page) -> live(r, "", page)),
                new View<>("status-alarm", StallSamples.alarm(), StatusView::text),
                new View<>("why-long", StallSamples.lengthy(), ExplanationView::text),
                new View<>("why-long-all", StallSamples.lengthy(), (e, page) -> ExplanationView.text(e, page, true)),
                new View<>("why-empty", Explanation.getDefaultInstance(), ExplanationView::text),
                new View<>("log", Samples.log(), LogView::text),
                new View<>("live-running", Samples.running(), (r, page) -> live(r, "", page)),
                new View<>("live-held", Samples.held(), (r, page) -> live(r, "", page)),
                new View<>(
                        "live-lost",
                        Samples.running(),
                        (r, page) ->
                                live(r, "rota: lost the coordinator (connection refused); trying again for 2m", page)),
                new View<>("live-many", many(), (r, page) -> live(r, "", page)));
    }

    @ParameterizedTest
    @MethodSource("views")
    void showsTheMessageOnAWidePage(View<?> view) {
        Golden.check(view.name() + ".wide", view.on(WIDE));
    }

    @ParameterizedTest
    @MethodSource("views")
    void showsTheMessageOnANarrowPage(View<?> view) {
        Golden.check(view.name() + ".narrow", view.on(NARROW));
    }

    @ParameterizedTest
    @MethodSource("views")
    void coloursChangeNothingButColours(View<?> view) {
        String plain = view.on(new Page(COLOURED.width(), false, COLOURED.now()));

        String coloured = view.on(COLOURED);

        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @ParameterizedTest
    @MethodSource("views")
    void writesTheMessageAsJson(View<?> view) {
        Golden.check("json/" + view.name(), Json.document(view.message()) + Json.line(view.message()));
    }

    private static NotesImport unchanged() {
        return Samples.notesImport().toBuilder()
                .clearAdded()
                .clearReplaced()
                .clearRemoved()
                .clearProblems()
                .setUnchanged(4)
                .setHopCount(3)
                .build();
    }

    private static NotesImport withoutHops() {
        return NotesImport.newBuilder()
                .setProduct("sample")
                .addAdded("procedure.md")
                .setNoteCount(1)
                .setSizeBytes(300)
                .build();
    }

    private static String live(Rollout rollout, String notice, Page page) {
        return String.join("\n", LiveView.lines(rollout, notice, 12, page)) + "\n";
    }

    private static Rollout many() {
        Rollout.Builder rollout = Samples.running().toBuilder();
        List<String> states = List.of("done", "waiting", "gate", "done", "waiting", "start");
        for (int i = 0; i < states.size(); i++) {
            rollout.addNodes(Samples.progress("extra-" + i, states.get(i), 20_000));
        }
        return rollout.build();
    }

    private static String plan(Plan plan, Page page) {
        return PlanView.text(plan, page, false);
    }
}

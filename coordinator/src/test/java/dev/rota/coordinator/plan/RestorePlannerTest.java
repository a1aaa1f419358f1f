package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Version;
import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.Reversibility;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.fixture.Watched;
import dev.rota.coordinator.plan.RestorePlanner.Restoring;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestorePlannerTest {
    private static final Loss ACCEPTED = new Loss(true, false);
    private static final String RESTORE = """
        rollback:
          restore:
            do:
              - restore: {from: "${backup.dir}/backup.tar.gz", to: "/srv/shop"}
        """;
    private static final String BACKED_UP = """
          backup:
            do: [{archive: {paths: [/srv/desk], to: '${backup.dir}/backup.tar.gz'}}]
          stop:
        """;
    private static final Saved OLD = saved("chat-3", "23.01", Situation.T0);
    private static final Saved NEWER = saved("chat-7", "23.04", Situation.T0.plusSeconds(60));
    private static final Saved NEWEST = saved("chat-9", "23.04", Situation.T0.plusSeconds(120));

    private static Saved saved(String rollout, String version, Instant at) {
        return new Saved(
                rollout, rollout + ".1", Version.parse(version), new TakenBack.Backup("5".repeat(64), at, 100));
    }

    private static Situation joining() {
        return Situation.of("shop", "23.04", "23.04", "n1", "n2", "n3").recipeText(t -> t + RESTORE);
    }

    /** Nodes stay members while they are stopped. */
    private static Situation staying() {
        return Situation.of("desk", "23.04", "23.04", "n1", "n2")
                .recipeText(t -> t.replace("  stop:\n", BACKED_UP) + RESTORE);
    }

    private static PlanResult result(Situation s, String node, String backup, Loss loss, Saved... saved) {
        return RestorePlanner.plan(
                s.inputs(), s.request(), new Restoring(node, backup, List.of(saved), Map.of()), loss);
    }

    private static Plan plan(Situation s, String node, String backup, Saved... saved) {
        PlanResult result = result(s, node, backup, ACCEPTED, saved);
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return PlanCodec.address(((PlanResult.Planned) result).plan());
    }

    private static PlanResult.Refused refused(PlanResult result) {
        assertThat(result).isInstanceOf(PlanResult.Refused.class);
        return (PlanResult.Refused) result;
    }

    private static List<String> lines(Plan plan) {
        return plan.batches().stream()
                .flatMap(b -> b.lanes().stream()
                        .map(l -> b.title() + ": " + l.node() + " "
                                + String.join(
                                        " ",
                                        l.steps().stream()
                                                .map(s -> s.phase().label())
                                                .toList())))
                .toList();
    }

    @Test
    void whereNodesJoinAllGetTheNewestBackupOfTheInstalledRelease() {
        Plan plan = plan(joining(), "n2", "", NEWEST, NEWER, OLD);
        assertThat(plan.operation()).isEqualTo("restore");
        assertThat(plan.takesBack()).isEmpty();
        PlannedHop hop = plan.hops().get(0);
        assertThat(hop.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(hop.strategy()).isEqualTo(FullStop.SHRINK);
        assertThat(hop.takesBack().orElseThrow().hopId()).isEqualTo("chat-9.1");
        assertThat(lines(plan))
                .containsSubsequence(
                        "take out n1: n1 drain leave stop",
                        "take out n3: n3 drain leave stop",
                        "stop n2: n2 drain stop",
                        "restore n2: n2 restore start verify undrain",
                        "bring back n1: n1 start join verify undrain",
                        "bring back n3: n3 start join verify undrain")
                .noneMatch(l -> l.contains("install") || l.contains("stage"));
        assertThat(PlanCodec.address(plan.withId("other"))).isEqualTo(plan);
    }

    @Test
    void whereTheyDoNotOnlyTheNodeGetsItAndNoOtherRunsMeanwhile() {
        Plan plan = plan(staying(), "n1", "", NEWER);
        assertThat(plan.hops().get(0).strategy()).isEqualTo(FullStop.STOP_ALL);
        assertThat(lines(plan))
                .containsSubsequence(
                        "stop n2: n2 stop",
                        "stop n1: n1 stop",
                        "restore: n1 restore",
                        "start n1: n1 start verify",
                        "start the others: n2 start")
                .noneMatch(l -> l.contains("migrate"));
    }

    @Test
    void aNodeWhoseProductDoesNotRunIsRestored() {
        Plan plan = plan(staying().stopped("n1").installed("n1", "23.04"), "n1", "", NEWER);
        assertThat(plan.member("n1").version()).isEqualTo(Version.parse("23.04"));
        assertThat(lines(plan)).contains("restore: n1 restore");
        assertThat(plan.basis()).containsKey(Basis.stopped("n1"));
    }

    @Test
    void aBackupThatIsNamedIsTaken() {
        Plan plan = plan(joining(), "n2", "chat-7.1", NEWEST, NEWER, OLD);
        assertThat(plan.restores().orElseThrow().hopId()).isEqualTo("chat-7.1");
    }

    @Test
    void ofAnotherReleaseNothingIsPutBack() {
        PlanResult.Refused other = refused(result(joining(), "n2", "chat-3.1", ACCEPTED, NEWEST, OLD));
        assertThat(other.code()).isEqualTo("BACKUP_OF_OTHER_RELEASE");
        assertThat(other.sentence()).contains("is of 23.01", "--rollback-of chat-3");
        PlanResult.Refused none = refused(result(joining(), "n2", "", ACCEPTED, OLD));
        assertThat(none.code()).isEqualTo("NO_BACKUP");
        assertThat(none.sentence()).contains("known are chat-3.1 (23.01, " + Situation.T0 + ")");
        assertThat(refused(result(joining(), "n2", "", ACCEPTED)).sentence()).contains("there is none of that node");
        assertThat(refused(result(joining(), "n2", "chat-4.1", ACCEPTED, OLD)).sentence())
                .contains("backup chat-4.1 of n2");
    }

    @Test
    void whatWouldBeLostMustBeAccepted() {
        PlanResult.Refused refused = refused(result(joining(), "n2", "", new Loss(false, false), NEWER));
        assertThat(refused.code()).isEqualTo("DATA_LOST");
        assertThat(refused.sentence())
                .contains("putting backup chat-7.1 of n2 back", "--accept-loss", Situation.T0.plusSeconds(60) + "");
    }

    @Test
    void whatCannotBePutBackIsRefused() {
        Situation blind = Situation.of("shop", "23.04", "23.04", "n1", "n2");
        assertThat(refused(result(blind, "n1", "", ACCEPTED, NEWER)).code()).isEqualTo("NO_WAY_BACK");
        assertThat(refused(result(joining(), "n1", "", new Loss(true, true), NEWER))
                        .code())
                .isEqualTo("BACKUP_NEEDED");
        assertThat(refused(result(joining().runs("n3", "23.10"), "n1", "", ACCEPTED, NEWER))
                        .code())
                .isEqualTo("MIXED_VERSIONS");
        assertThat(refused(result(joining().silent("n3"), "n1", "", ACCEPTED, NEWER))
                        .code())
                .isEqualTo("NODE_SILENT");
        assertThat(refused(result(joining().stopped("n3"), "n1", "", ACCEPTED, NEWER))
                        .code())
                .isEqualTo("VERSION_UNKNOWN");
    }

    @Test
    void whatWasThereBeforeCanBePutBackIfItWasBackedUp() {
        Plan plan = plan(joining(), "n2", "", NEWER);
        PlannedHop hop = plan.hops().get(0);
        assertThat(Stream.of(Set.of(Phase.STOP), Set.of(Phase.STOP, Phase.RESTORE))
                        .map(done -> GoingBack.after(plan, hop, done)))
                .containsExactly(Reversibility.REVERSIBLE, Reversibility.WITH_RESTORE);
    }

    private static PlanResult watched(Budget budget, Outlook outlook) {
        PlanInputs in = joining().inputs();
        PlanRequest q = joining().request();
        return RestorePlanner.plan(
                new PlanInputs(
                        in.cluster(),
                        in.recipe(),
                        in.target(),
                        in.releases(),
                        in.notes(),
                        in.notesDigest(),
                        in.observations(),
                        in.measured(),
                        in.failed(),
                        in.now(),
                        in.by(),
                        outlook),
                new PlanRequest(
                        q.cluster(),
                        q.to(),
                        q.mode(),
                        q.gateWait(),
                        q.gateStable(),
                        q.gateRetry(),
                        q.gateEvery(),
                        q.maxUnavailable(),
                        q.minServing(),
                        q.allowDowngrade(),
                        q.assume(),
                        q.overrideNotes(),
                        q.dryRun(),
                        Policy.DEFAULT.with(new Oversight(
                                Optional.empty(),
                                budget,
                                List.of(),
                                Oversight.BLOCKED_LIMIT,
                                Optional.empty(),
                                List.of())),
                        q.again()),
                new Restoring("n2", "", List.of(NEWER), Map.of()),
                ACCEPTED);
    }

    @Test
    void itIsWatchedFromOutsideLikeAnyOther() {
        Budget budget = new Budget(Optional.empty(), Optional.of(10L));
        assertThat(refused(watched(budget, Outlook.none())).code()).isEqualTo("NO_PROBE");

        Outlook outlook =
                new Outlook(Optional.of(Watched.PROBE), List.of(Watched.ALERTS), Optional.of("no connection"));
        Oversight o = ((PlanResult.Planned) watched(budget, outlook)).plan().oversight();
        assertThat(o.probe()).contains(Watched.PROBE);
        assertThat(o.budget()).isEqualTo(budget);
        assertThat(o.blockers()).containsExactly(Watched.ALERTS);
        assertThat(o.known()).extracting(Known::code).containsExactly(Known.PROBE_FAILS);
    }
}

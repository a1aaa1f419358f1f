package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Version;
import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.domain.Reversibility;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.domain.Turns;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.LeftOvers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BackPlannerTest {
    private static final Set<Phase> ALL = EnumSet.allOf(Phase.class);
    private static final String RESTORE = """
        rollback:
          restore:
            do:
              - restore: {from: "${backup.dir}/backup.tar.gz", to: "/srv/shop"}
        """;
    private static final Loss NOTHING = new Loss(false, false);
    private static final String BACKED_UP = """
          backup:
            do: [{archive: {paths: [/srv/desk], to: '${backup.dir}/backup.tar.gz'}}]
          stop:
        """;

    private static String restores(String recipe) {
        return recipe.replace("downgrade: true", "") + RESTORE;
    }

    /** The cluster before the rollout, and the same cluster after it. */
    private record Story(Situation before, Situation after) {
        static Story of(UnaryOperator<String> recipe, UnaryOperator<Situation> how) {
            Situation before = how.apply(
                    Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3").recipeText(recipe));
            Situation after = Situation.of("shop", "23.04", "23.01", "n1", "n2", "n3")
                    .recipeText(recipe)
                    .catalogue("23.04");
            return new Story(before, after);
        }

        RolledOut past(Collection<Phase> done, List<String> started, String... backups) {
            Plan plan = before.plan();
            SortedMap<String, TakenBack.Backup> saved = new TreeMap<>();
            for (int i = 0; i < backups.length; i++) {
                saved.put(backups[i], new TakenBack.Backup("5".repeat(64), Situation.T0.plusSeconds(i), 100));
            }
            PlannedHop hop = plan.hops().get(0);
            return new RolledOut(
                    "chat-7",
                    plan,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new RolledOut.Done("chat-7.1", hop, Set.copyOf(done), started, saved, List.of())),
                    Map.of());
        }

        PlanResult back(RolledOut past) {
            return BackPlanner.plan(after.inputs(), after.request(), past, new Loss(true, false));
        }

        Plan plan(RolledOut past) {
            if (back(past) instanceof PlanResult.Planned p) {
                return PlanCodec.address(p.plan());
            }
            throw new AssertionError("no plan: " + back(past));
        }

        PlanResult.Refused refused(RolledOut past) {
            if (back(past) instanceof PlanResult.Refused r) {
                return r;
            }
            throw new AssertionError("there is a plan: " + back(past));
        }
    }

    private static final List<String> IN_ORDER = List.of("n1", "n2", "n3");

    private static Story soft() {
        return Story.of(t -> t, s -> s);
    }

    private static Story fullStop() {
        return Story.of(BackPlannerTest::restores, s -> s.mode(Mode.FULL_STOP));
    }

    private static List<String> lines(Plan plan) {
        List<String> lines = new ArrayList<>();
        for (Plan.Batch batch : plan.batches()) {
            for (Plan.Lane lane : batch.lanes()) {
                lines.add(batch.title() + ": " + lane.node() + " "
                        + String.join(
                                " ",
                                lane.steps().stream()
                                        .map(s -> s.phase().label())
                                        .toList()));
            }
        }
        return lines;
    }

    @Test
    void aSoftHopIsTakenBackNodeByNodeTheNewestFirst() {
        Plan plan = soft().plan(soft().past(ALL, IN_ORDER, "n1", "n2", "n3"));

        PlannedHop hop = plan.hops().get(0);
        assertThat(hop.mode()).isEqualTo(Mode.SOFT);
        assertThat(hop.from()).isEqualTo(Version.parse("23.04"));
        assertThat(hop.to()).isEqualTo(Version.parse("23.01"));
        assertThat(hop.downgrade()).isTrue();
        assertThat(hop.takesBack()).contains(new TakenBack("chat-7", "chat-7.1", new TreeMap<>()));
        assertThat(hop.reasons())
                .filteredOn(r -> r.decided())
                .extracting(r -> r.code())
                .containsExactly(Code.TAKES_BACK);
        assertThat(plan.operation()).isEqualTo("rollback");
        assertThat(plan.batches().stream().map(Plan.Batch::title))
                .containsSubsequence("take back n3", "take back n2", "take back n1");
        assertThat(lines(plan)).contains("take back n3: n3 backup drain leave stop install start join verify undrain");
        assertThat(PlanCodec.address(plan.withId("other"))).isEqualTo(plan);
    }

    @Test
    void onlyTheNodesThatWereUpgradedGoBackAndTheUnreadyOneFirst() {
        Story story = soft();
        story.after().runs("n3", "23.01").unready("n1");
        Plan plan = story.plan(story.past(ALL, List.of("n1", "n2"), "n1", "n2"));
        assertThat(plan.batches().stream().map(Plan.Batch::title))
                .contains("take back n1", "take back n2")
                .doesNotContain("take back n3")
                .containsSubsequence("take back n1", "take back n2");
    }

    @Test
    void aNodeThatWasLeftOutOfServiceIsTakenBackAndNotRepairedFirst() {
        Drive d = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3"))
                .untilWorking("n2", Phase.INSTALL)
                .answer("n2", Outcome.FAILED)
                .control(Control.ABORT);
        Story story = soft();
        assertThat(LeftOvers.refusal(d.state(), story.plan(story.past(ALL, IN_ORDER, "n1", "n2", "n3"))))
                .isEmpty();
        Story without = soft();
        without.after().runs("n2", "23.01");
        assertThat(LeftOvers.refusal(d.state(), without.plan(without.past(ALL, List.of("n1"), "n1"))))
                .hasValueSatisfying(why -> assertThat(why).contains("n2 was stopped"));
    }

    @Test
    void aFullStopIsTakenBackWithTheDataOfTheNodeThatComesUpFirst() {
        Story story = fullStop();
        Plan plan = story.plan(story.past(ALL, List.of("n3", "n1", "n2"), "n1", "n2", "n3"));

        PlannedHop hop = plan.hops().get(0);
        assertThat(hop.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(hop.strategy()).isEqualTo(FullStop.SHRINK);
        assertThat(hop.takesBack().orElseThrow().restored()).containsOnlyKeys("n3");
        assertThat(hop.undo())
                .anySatisfy(u -> assertThat(u.sentence())
                        .startsWith("everything written since the backup of n3 at " + Situation.T0.plusSeconds(2))
                        .contains("is lost", "all nodes get"));
        assertThat(lines(plan))
                .containsSubsequence(
                        "take out n2: n2 drain leave stop install",
                        "take out n1: n1 drain leave stop install",
                        "stop n3: n3 drain stop",
                        "take back n3: n3 install restore start verify undrain",
                        "bring back n2: n2 start join verify undrain");
    }

    @Test
    void whereNodesDoNotJoinEachGetsItsOwnBackup() {
        UnaryOperator<String> recipe = t -> t.replace("  stop:\n", BACKED_UP) + RESTORE;
        Situation before = Situation.of("desk", "1.0", "1.1", "n1", "n2")
                .recipeText(recipe)
                .mode(Mode.FULL_STOP);
        Situation after = Situation.of("desk", "1.1", "1.0", "n1", "n2")
                .recipeText(recipe)
                .catalogue("1.1");
        Story story = new Story(before, after);
        Plan plan = story.plan(story.past(ALL, List.of("n2", "n1"), "n1", "n2"));
        assertThat(plan.hops().get(0).strategy()).isEqualTo(FullStop.STOP_ALL);
        assertThat(plan.hops().get(0).takesBack().orElseThrow().restored()).containsOnlyKeys("n1", "n2");
        assertThat(lines(plan)).contains("restore: n1 restore", "restore: n2 restore", "start n2: n2 start verify");

        PlanResult.Refused refused = story.refused(story.past(ALL, List.of("n2", "n1"), "n1"));
        assertThat(refused.code()).isEqualTo("NO_BACKUP");
        assertThat(refused.sentence()).contains("no verified backup of n2");
    }

    /** Of two nodes that do not join, after a full stop in which the new release did not come up. */
    private static Story stopped(String to) {
        UnaryOperator<String> recipe = t -> t.replace("  stop:\n", BACKED_UP) + RESTORE;
        Situation before =
                Situation.of("desk", "1.0", to, "n1", "n2").recipeText(recipe).mode(Mode.FULL_STOP);
        Situation after = Situation.of("desk", to, "1.0", "n1", "n2")
                .recipeText(recipe)
                .catalogue(to)
                .stopped("n1")
                .stopped("n2");
        return new Story(before, after);
    }

    private static RolledOut left(RolledOut past, Map<String, Version> left) {
        return new RolledOut(past.id(), past.plan(), past.state(), past.later(), past.hops(), left);
    }

    @Test
    void productsThatDoNotRunAreBroughtBackFromWhatTheRolloutHasLeft() {
        Story story = stopped("1.1");
        RolledOut past = story.past(ALL, List.of(), "n1", "n2");
        assertThat(story.refused(past).code()).isEqualTo("VERSION_UNKNOWN");
        assertThat(story.refused(past).sentence()).contains("Neither its files nor an earlier rollout");

        Plan plan = story.plan(left(past, Map.of("n1", Version.parse("1.1"), "n2", Version.parse("1.0"))));
        assertThat(plan.members()).extracting(m -> m.version().text()).containsExactly("1.1", "1.0");
        assertThat(plan.basis()).containsKeys("whether the product on n1 runs", "whether the product on n2 runs");
        assertThat(lines(plan))
                .contains("stop n1: n1 stop", "restore: n1 restore", "restore: n2 restore")
                .noneMatch(l -> l.contains("backup"));
        assertThat(plan.hops().get(0).undo())
                .anySatisfy(u -> assertThat(u.sentence()).startsWith("the data of n1, n2 as it is now"));
    }

    @Test
    void theFilesOfAProductThatDoesNotRunTellItsRelease() {
        Story story = stopped("1.10");
        story.after().installed("n1", "1.10").installed("n2", "1.0");
        Plan plan = story.plan(story.past(ALL, List.of(), "n1", "n2"));
        assertThat(plan.members()).extracting(m -> m.version().text()).containsExactly("1.10", "1.0");
    }

    @Test
    void whereNodesJoinAllOfThemMustRun() {
        Story story = fullStop();
        story.after().stopped("n2").installed("n2", "23.04");
        PlanResult.Refused refused = story.refused(story.past(ALL, IN_ORDER, "n1", "n2", "n3"));
        assertThat(refused.code()).isEqualTo("VERSION_UNKNOWN");
        assertThat(refused.sentence()).contains("n2");
    }

    @Test
    void aBackupIsLeftOutWhereAskedForAndNobodyHasToJoin() {
        Story story = stopped("1.1");
        Situation runs = Situation.of("desk", "1.1", "1.0", "n1", "n2")
                .recipeText(t -> t.replace("  stop:\n", BACKED_UP) + RESTORE)
                .catalogue("1.1");
        RolledOut past = story.past(ALL, List.of("n2", "n1"), "n1", "n2");
        assertThat(BackPlanner.plan(runs.inputs(), runs.request(), past, new Loss(true, true)))
                .isInstanceOfSatisfying(
                        PlanResult.Planned.class,
                        p -> assertThat(lines(p.plan())).noneMatch(l -> l.contains("backup")));
        Story joining = fullStop();
        assertThat(BackPlanner.plan(
                        joining.after().inputs(),
                        joining.after().request(),
                        joining.past(ALL, IN_ORDER, "n1"),
                        new Loss(true, true)))
                .isInstanceOfSatisfying(
                        PlanResult.Refused.class, r -> assertThat(r.code()).isEqualTo("BACKUP_NEEDED"));
    }

    @Test
    void whatWouldBeLostMustBeAccepted() {
        Story story = fullStop();
        RolledOut past = story.past(ALL, List.of("n3", "n1", "n2"), "n1", "n2", "n3");
        PlanResult silent =
                BackPlanner.plan(story.after().inputs(), story.after().request(), past, NOTHING);
        assertThat(silent).isInstanceOfSatisfying(PlanResult.Refused.class, r -> {
            assertThat(r.code()).isEqualTo("DATA_LOST");
            assertThat(r.sentence())
                    .contains("everything written to chat since " + Situation.T0.plusSeconds(2), "--accept-loss");
        });
        assertThat(BackPlanner.plan(story.after().inputs(), dry(story.after().request()), past, NOTHING))
                .isInstanceOf(PlanResult.Planned.class);
        assertThat(BackPlanner.plan(
                        soft().after().inputs(), soft().after().request(), soft().past(ALL, IN_ORDER), NOTHING))
                .isInstanceOf(PlanResult.Planned.class);
    }

    private static PlanRequest dry(PlanRequest r) {
        return new PlanRequest(
                r.cluster(),
                r.to(),
                r.mode(),
                r.gateWait(),
                r.gateStable(),
                r.gateRetry(),
                r.gateEvery(),
                r.maxUnavailable(),
                r.minServing(),
                r.allowDowngrade(),
                r.assume(),
                r.overrideNotes(),
                true,
                r.policy(),
                r.again());
    }

    @Test
    void everyNodeSaysWhyItStandsThereAndTheOneThatLeadsGoesBackLast() {
        Story story = soft();
        story.after().unready("n2").leads("n3");

        List<Turns.Place> order =
                story.plan(story.past(ALL, IN_ORDER)).policy().turns().order();

        assertThat(order.stream().map(p -> p.node() + " " + p.why().label()))
                .containsExactly("n2 unready", "n1 reverse", "n3 master");
        assertThat(order.get(1).sentence()).isEqualTo("it was started as number 1 of 3; the last goes back first");
    }

    @Test
    void thereAreNoCanariesOnTheWayBackAndBoundsMayBeShares() {
        Story story = soft();
        story.after().turns(new TurnRequest(0, 0, 1, List.of(), false));
        assertThat(story.refused(story.past(ALL, IN_ORDER)).code()).isEqualTo("CANARY");

        story.after().turns(new TurnRequest(70, 50, 0, List.of(), false));
        Plan plan = story.plan(story.past(ALL, IN_ORDER));
        assertThat(List.of(plan.maxUnavailable(), plan.minServing())).containsExactly(2, 2);
        assertThat(plan.batches())
                .allMatch(b -> b.title().equals("prepare")
                        || b.title().equals("clean up")
                        || b.lanes().size() == 1);
    }

    @Test
    void withoutAnyBackupNothingIsPutBack() {
        Story story = fullStop();
        assertThat(story.refused(story.past(ALL, IN_ORDER)).code()).isEqualTo("NO_BACKUP");
    }

    @Test
    void whatTheRecipeCannotPutBackIsRefused() {
        Story story = Story.of(t -> t.replace("downgrade: true", ""), s -> s.mode(Mode.FULL_STOP));
        PlanResult.Refused refused = story.refused(story.past(ALL, IN_ORDER, "n1", "n2", "n3"));
        assertThat(refused.code()).isEqualTo("NO_WAY_BACK");
        assertThat(refused.sentence()).contains("from 23.01 to 23.04 cannot be taken back");
    }

    @Test
    void aFullStopWhoseDataTheOldReleaseReadsKeepsAllThatWasWritten() {
        Story story = Story.of(t -> t, s -> s.mode(Mode.FULL_STOP));
        Plan plan = story.plan(story.past(ALL, IN_ORDER, "n1", "n2", "n3"));
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(plan.hops().get(0).takesBack().orElseThrow().restores()).isFalse();
        assertThat(lines(plan)).noneMatch(l -> l.contains("restore"));
    }

    @Test
    void onlyTheNewestEndedRolloutIsTakenBack() {
        Story story = soft();
        RolledOut past = story.past(ALL, IN_ORDER, "n1");
        assertThat(story.refused(new RolledOut(
                                past.id(), past.plan(), Optional.of("held"), Optional.empty(), past.hops(), Map.of()))
                        .code())
                .isEqualTo("NOT_ENDED");
        PlanResult.Refused old = story.refused(
                new RolledOut(past.id(), past.plan(), Optional.empty(), Optional.of("chat-8"), past.hops(), Map.of()));
        assertThat(old.code()).isEqualTo("ROLLOUT_TOO_OLD");
        assertThat(old.sentence()).contains("chat-8", "take back chat-8 first");
    }

    @Test
    void otherVersionsThanTheRolloutHasLeftAreNotTakenBack() {
        Story story = soft();
        story.after().runs("n2", "24.12");
        PlanResult.Refused refused = story.refused(story.past(ALL, IN_ORDER, "n1"));
        assertThat(refused.code()).isEqualTo("VERSIONS_CHANGED");
        assertThat(refused.sentence()).contains("n2 runs 24.12");
    }

    @Test
    void whatHasChangedNothingNeedsNoWayBack() {
        Story story = soft();
        IN_ORDER.forEach(n -> story.after().runs(n, "23.01"));
        assertThat(story.refused(story.past(Set.of(Phase.STAGE), List.of())).code())
                .isEqualTo("NOTHING_TO_TAKE_BACK");
    }

    @Test
    void theOldReleaseMustBeThere() {
        Story story = new Story(
                soft().before(),
                Situation.of("shop", "23.04", "23.10", "n1", "n2", "n3").catalogue("23.04"));
        PlanResult.Refused refused = story.refused(story.past(ALL, IN_ORDER, "n1"));
        assertThat(refused.code()).isEqualTo("RELEASE_MISSING");
        assertThat(refused.sentence()).contains("rota releases add shop 23.01");
    }

    @Test
    void softWhereDataMustBePutBackIsRefused() {
        Story story = fullStop();
        story.after().mode(Mode.SOFT);
        PlanResult.Refused refused = story.refused(story.past(ALL, IN_ORDER, "n1", "n2", "n3"));
        assertThat(refused.code()).isEqualTo("SOFT_FORBIDDEN");
    }

    @Test
    void whetherOneCanGoBackFollowsFromWhatWasDone() {
        Plan soft = soft().before().plan();
        assertThat(GoingBack.afterEachBatch(soft)).containsOnly(Reversibility.REVERSIBLE);
        Plan stop = fullStop().before().plan();
        PlannedHop hop = stop.hops().get(0);
        assertThat(GoingBack.after(stop, hop, Set.of(Phase.STOP, Phase.INSTALL)))
                .isEqualTo(Reversibility.REVERSIBLE);
        assertThat(GoingBack.after(stop, hop, Set.of(Phase.STOP, Phase.START))).isEqualTo(Reversibility.WITH_RESTORE);
        assertThat(GoingBack.afterEachBatch(stop))
                .startsWith(Reversibility.REVERSIBLE)
                .endsWith(Reversibility.WITH_RESTORE);
        Plan blind = Story.of(t -> t.replace("downgrade: true", ""), s -> s.mode(Mode.FULL_STOP))
                .before()
                .plan();
        assertThat(GoingBack.afterEachBatch(blind)).endsWith(Reversibility.IRREVERSIBLE);
    }
}

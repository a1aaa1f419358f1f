package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.fixture.Golden;
import dev.rota.coordinator.fixture.Situation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static Situation shop(String from, String to) {
        return Situation.of("shop", from, to, "n1", "n2", "n3");
    }

    private static Situation desk() {
        return Situation.of("desk", "1.0", "1.1", "n1", "n2", "n3");
    }

    private static Reason decisive(Plan plan) {
        List<Reason> reasons = plan.deciding().reasons();
        assertThat(reasons.stream().filter(Reason::decided)).hasSize(1);
        return reasons.get(reasons.size() - 1);
    }

    private static void decides(Situation s, Mode mode, Code code, String sentence) {
        Plan plan = s.plan();
        assertThat(plan.mode()).isEqualTo(mode);
        assertThat(decisive(plan)).isEqualTo(new Reason(code, sentence, true));
    }

    @Test
    void softWhenNothingForbidsIt() {
        decides(
                shop("23.01", "23.04"),
                Mode.SOFT,
                Code.PROCEDURE_DEFAULT,
                "nothing forbids it, and the product's procedure upgrades node by node");
        assertThat(shop("23.01", "23.04").plan().deciding().reasons())
                .extracting(Reason::code)
                .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(Code.TAKES_BACK, Code.LEFT_OVER)));
    }

    @Test
    void fullStopWhenTheOperatorAsksForIt() {
        decides(
                shop("23.01", "23.04").mode(Mode.FULL_STOP),
                Mode.FULL_STOP,
                Code.OPERATOR_CHOICE,
                "the operator asked for a full stop");
    }

    @Test
    void fullStopForAProductThatIsNoCluster() {
        decides(
                Situation.of("lone", "1.0", "1.1", "n1"),
                Mode.FULL_STOP,
                Code.NOT_CLUSTERED,
                "lone does not run as a cluster");
    }

    @Test
    void fullStopWhenFewerThanTwoNodesServe() {
        decides(
                shop("23.01", "23.04").unready("n1").unready("n2"),
                Mode.FULL_STOP,
                Code.NOT_CLUSTERED,
                "1 of 3 nodes serve, a soft upgrade needs two");
        decides(
                Situation.of("shop", "23.01", "23.04", "n1"),
                Mode.FULL_STOP,
                Code.NOT_CLUSTERED,
                "1 of 1 nodes serve, a soft upgrade needs two");
    }

    @Test
    void nodesOfOtherClustersDoNotCountAsServing() {
        NodeObservation elsewhere = Objects.requireNonNull(
                Situation.of("desk", "1.0", "1.1", "x1").inputs().observations().get("x1"));
        decides(
                Situation.of("shop", "23.01", "23.04", "n1").see("x1", elsewhere),
                Mode.FULL_STOP,
                Code.NOT_CLUSTERED,
                "1 of 1 nodes serve, a soft upgrade needs two");
    }

    @Test
    void fullStopWhenThePathSkipsAReleaseOfTheRecipe() {
        decides(
                shop("23.01", "24.12"),
                Mode.FULL_STOP,
                Code.PATH_SKIPS,
                "going from 23.01 to 24.12 skips 23.04; shop supports a soft upgrade only from one release to the"
                        + " next");
    }

    @Test
    void fullStopWhenThePathSkipsAReleaseOfTheCatalogue() {
        decides(
                shop("23.04", "24.12").catalogue("23.10"),
                Mode.FULL_STOP,
                Code.PATH_SKIPS,
                "going from 23.04 to 24.12 skips 23.10 (known from the catalogue); shop supports a soft upgrade only"
                        + " from one release to the next");
    }

    @Test
    void fullStopWhenItIsNotKnownWhetherThePathSkips() {
        decides(
                shop("24.12", "25.03"),
                Mode.FULL_STOP,
                Code.PATH_SKIPS,
                "it is not known that 25.03 directly follows 24.12; if it does, add the release with --follows 24.12");
    }

    @Test
    void softWhenTheReleaseWasAddedAsTheFollower() {
        Plan plan = shop("24.12", "25.03").follows("25.03", "24.12").plan();
        assertThat(plan.mode()).isEqualTo(Mode.SOFT);
        assertThat(plan.deciding().reasons().get(2))
                .isEqualTo(new Reason(Code.PATH_SKIPS, "25.03 was added as the direct follower of 24.12", false));
        assertThat(shop("23.04", "25.03").follows("25.03", "24.12").plan().mode())
                .isEqualTo(Mode.FULL_STOP);
    }

    @Test
    void anyPathIsFineForADirectProduct() {
        Plan plan =
                Situation.of("desk", "1.0", "9.0", "n1", "n2").catalogue("5.0").plan();
        assertThat(plan.mode()).isEqualTo(Mode.SOFT);
        assertThat(plan.deciding().reasons().get(2).sentence())
                .isEqualTo("desk may go from any release to any later one");
    }

    @Test
    void fullStopWhenAnyReleaseOnTheWayForbidsSoft() {
        String sentence = "release 1.1 forbids a soft upgrade: tables change";
        decides(desk().soft("1.1", false, "tables change"), Mode.FULL_STOP, Code.NOTES_BAN, sentence);
        decides(
                Situation.of("desk", "1.0", "2.0", "n1", "n2").soft("1.1", false, "tables change"),
                Mode.FULL_STOP,
                Code.NOTES_BAN,
                sentence);
    }

    @Test
    void bansOutsideTheWayDoNotCount() {
        Situation s = Situation.of("desk", "1.1", "2.0", "n1", "n2")
                .soft("1.1", false, "the installed one")
                .soft("3.0", false, "a later one");
        assertThat(s.plan().mode()).isEqualTo(Mode.SOFT);
    }

    @Test
    void softBecauseTheReleaseAllowsIt() {
        decides(
                desk().soft("1.1", true, "tested"),
                Mode.SOFT,
                Code.PROCEDURE_DEFAULT,
                "release 1.1 allows a soft upgrade: tested");
    }

    @Test
    void aDowngradeLooksAtThePathBackwards() {
        decides(
                shop("24.12", "23.01").allowDowngrade(),
                Mode.FULL_STOP,
                Code.PATH_SKIPS,
                "going from 24.12 to 23.01 skips 23.04; shop supports a soft upgrade only from one release to the"
                        + " next");
        Plan one = shop("23.04", "23.01").allowDowngrade().plan();
        assertThat(one.mode()).isEqualTo(Mode.SOFT);
        assertThat(one.deciding().downgrade()).isTrue();
        assertThat(one.deciding().reasons().get(2).sentence()).isEqualTo("23.04 directly follows 23.01");
    }

    @Test
    void aBanOfTheReleaseThatIsLeftCountsForADowngrade() {
        decides(
                shop("23.04", "23.01").allowDowngrade().soft("23.04", false, "tables change"),
                Mode.FULL_STOP,
                Code.NOTES_BAN,
                "release 23.04 forbids a soft upgrade: tables change");
        assertThat(shop("23.04", "23.01")
                        .allowDowngrade()
                        .soft("23.01", false, "long ago")
                        .plan()
                        .mode())
                .isEqualTo(Mode.SOFT);
    }

    @Test
    void everyRefusalSaysWhatToDo() {
        StringBuilder text = new StringBuilder();
        refusals()
                .forEach((name, s) -> text.append(name)
                        .append("\n  ")
                        .append(s.refused().code())
                        .append(": ")
                        .append(s.refused().sentence())
                        .append("\n\n"));
        Golden.check("plan/refusals.txt", text.toString());
    }

    private static Map<String, Situation> refusals() {
        Map<String, Situation> all = new LinkedHashMap<>();
        all.put("the agent of a node is silent", shop("23.01", "23.04").silent("n2"));
        all.put("the product does not say its version", shop("23.01", "23.04").see("n2", mute(List.of())));
        all.put(
                "the product does not say its version, and the agent knows why",
                shop("23.01", "23.04").see("n2", mute(List.of("connection refused", "port 8080"))));
        all.put("every node is there already", shop("23.04", "23.04"));
        all.put("three versions", shop("23.01", "24.12").runs("n2", "23.04"));
        all.put("a downgrade the recipe forbids", Situation.of("desk", "1.1", "1.0", "n1", "n2"));
        all.put("a downgrade that was not asked for", shop("23.04", "23.01"));
        all.put("a major release that is skipped", Situation.of("nextcloud", "18.0.11", "20.0.2", "n1"));
        all.put("a stepping stone that is missing", Situation.of("seafile", "6.3.4", "7.1.5", "n1"));
        all.put("a banned step", Situation.of("mattermost", "10.11.17", "11.7.2", "n1", "n2"));
        all.put(
                "an older archive",
                Situation.of("appcircle", "3.29.4", "3.29.3", "n1").allowDowngrade());
        all.put(
                "soft, but the procedure is a full stop",
                Situation.of("seafile", "9.0.9", "10.0.1", "n1", "n2").mode(Mode.SOFT));
        all.put("soft, but the path skips a release", shop("23.01", "24.12").mode(Mode.SOFT));
        all.put("soft, but no cluster", Situation.of("lone", "1.0", "1.1", "n1").mode(Mode.SOFT));
        all.put("too few nodes would serve", shop("23.01", "23.04").bounds(1, 3));
        all.put("no node may be out of service", shop("23.01", "23.04").bounds(0, 1));
        return all;
    }

    private static NodeObservation mute(List<String> problems) {
        return new NodeObservation(
                "n2",
                Situation.T0,
                "",
                Optional.empty(),
                "",
                false,
                "",
                Optional.empty(),
                Optional.empty(),
                0,
                problems,
                0);
    }

    @Test
    void boundsDoNotMatterForAFullStop() {
        assertThat(shop("23.01", "23.04")
                        .mode(Mode.FULL_STOP)
                        .bounds(1, 3)
                        .plan()
                        .mode())
                .isEqualTo(Mode.FULL_STOP);
    }

    @Test
    void unreadyNodesGoFirst() {
        assertThat(turns(shop("23.01", "23.04").unready("n3").plan()))
                .containsExactly("upgrade n3", "upgrade n1", "upgrade n2");
    }

    @Test
    void softLeavesNodesAloneThatAreThereAlready() {
        Plan plan = shop("23.01", "23.04").runs("n2", "23.04").plan();
        assertThat(turns(plan)).containsExactly("upgrade n1", "upgrade n3");
        assertThat(plan.from()).isEqualTo(Version.parse("23.01"));
        assertThat(plan.members()).extracting(Plan.Member::node).containsExactly("n1", "n2", "n3");
        assertThat(plan.batches().stream().flatMap(b -> b.lanes().stream()).map(Plan.Lane::node))
                .doesNotContain("n2");
    }

    @Test
    void fullStopTakesNodesWithItThatAreThereAlready() {
        Plan plan =
                shop("23.01", "23.04").runs("n2", "23.04").mode(Mode.FULL_STOP).plan();
        assertThat(plan.batches().stream().flatMap(b -> b.lanes().stream()).map(Plan.Lane::node))
                .contains("n1", "n2", "n3");
    }

    private static List<String> turns(Plan plan) {
        return plan.batches().stream()
                .map(Plan.Batch::title)
                .filter(t -> t.startsWith("upgrade"))
                .toList();
    }

    @Test
    void theRequestOverridesTheRecipesGate() {
        Plan plan = shop("23.01", "23.04")
                .ask(r -> new PlanRequest(
                        r.cluster(),
                        r.to(),
                        r.mode(),
                        Optional.of(Duration.ofSeconds(7)),
                        Optional.of(Duration.ofSeconds(8)),
                        Optional.empty(),
                        Optional.empty(),
                        r.maxUnavailable(),
                        r.minServing(),
                        r.allowDowngrade()))
                .plan();
        assertThat(plan.gate().initial()).isEqualTo(Duration.ofSeconds(7));
        assertThat(plan.gate().stable()).isEqualTo(Duration.ofSeconds(8));
        assertThat(plan.gate().retry()).isEqualTo(Duration.ofSeconds(20));
        assertThat(plan.gate().every()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aSingleNodeCannotShrink() {
        assertThat(Situation.of("shop", "23.01", "23.04", "n1")
                        .plan()
                        .deciding()
                        .strategy())
                .isEqualTo(FullStop.STOP_ALL);
        assertThat(shop("23.01", "23.04").plan().deciding().strategy()).isEqualTo(FullStop.SHRINK);
    }

    @Test
    void layoutsReadLikeTheProcedure() {
        Golden.check("plan/soft.txt", describe(shop("23.01", "23.04").plan()));
        Golden.check("plan/soft-migrate-each.txt", describe(desk().plan()));
        Golden.check("plan/shrink.txt", describe(shop("23.01", "24.12").plan()));
        Golden.check(
                "plan/shrink-migrate-each.txt",
                describe(shop("23.01", "24.12")
                        .recipeText(t -> t.replace("    once: true\n", ""))
                        .plan()));
        Golden.check("plan/stop-all.txt", describe(desk().mode(Mode.FULL_STOP).plan()));
        Golden.check(
                "plan/stop-all-drain.txt",
                describe(shop("23.01", "24.12")
                        .recipeText(t -> t.replace("full_stop: {strategy: shrink}", ""))
                        .plan()));
        Golden.check(
                "plan/single.txt",
                describe(Situation.of("shop", "23.01", "23.04", "n1").plan()));
        Golden.check(
                "plan/lone.txt",
                describe(Situation.of("lone", "1.0", "1.1", "n1").plan()));
    }

    @Test
    void everyLayoutVerifiesEveryNodeAfterItsStart() {
        for (Situation s :
                List.of(shop("23.01", "23.04"), shop("23.01", "24.12"), desk(), desk().mode(Mode.FULL_STOP))) {
            for (String node : List.of("n1", "n2", "n3")) {
                List<Phase> phases = s.plan().batches().stream()
                        .flatMap(b -> b.lane(node).stream())
                        .flatMap(l -> l.steps().stream())
                        .map(Plan.PlannedStep::phase)
                        .toList();
                assertThat(phases.lastIndexOf(Phase.VERIFY)).isGreaterThan(phases.lastIndexOf(Phase.START));
                assertThat(phases.lastIndexOf(Phase.UNDRAIN))
                        .satisfiesAnyOf(
                                u -> assertThat(u).isEqualTo(-1),
                                u -> assertThat(u).isGreaterThan(phases.lastIndexOf(Phase.VERIFY)));
            }
        }
    }

    static String describe(Plan plan) {
        StringBuilder text = new StringBuilder(plan.product() + " " + plan.from() + " -> " + plan.to() + ": "
                + plan.mode().label());
        if (plan.mode() == Mode.FULL_STOP) {
            text.append(", ").append(plan.deciding().strategy().label());
        }
        text.append("\n");
        for (Reason r : plan.deciding().reasons()) {
            text.append(r.decided() ? "  * " : "    ")
                    .append(r.code())
                    .append(": ")
                    .append(r.sentence())
                    .append("\n");
        }
        for (Plan.Batch b : plan.batches()) {
            text.append(b.safePoint() ? "\n| " : "\n  ").append(b.title()).append("\n");
            for (Plan.Lane l : b.lanes()) {
                text.append("    ").append(l.node()).append(":");
                l.steps().forEach(s -> text.append(" ").append(describe(s)));
                text.append("\n");
            }
        }
        return text.append("\n(| may be paused or aborted before; * on a peer; (gate) only its gate)\n")
                .toString();
    }

    private static String describe(Plan.PlannedStep s) {
        String on = s.on() == dev.rota.contract.Recipe.On.PEER ? "*" : "";
        return s.phase().label() + on + (s.acts() ? "[" + s.within().toSeconds() + "s]" : "(gate)");
    }

    @Test
    void nothingIsPlannedForNodesThatDoNotSeeEachOther() {
        Situation split =
                shop("23.01", "23.04").lists("n1", "n1", "n3").lists("n2", "n2").lists("n3", "n1", "n3");
        for (Situation s : List.of(split, split.mode(Mode.FULL_STOP))) {
            assertThat(s.refused().code()).isEqualTo("MEMBERS_DISAGREE");
            assertThat(s.refused().sentence())
                    .contains("n2 lists [shop@n2], expected are [shop@n1, shop@n2, shop@n3]")
                    .contains("join them again");
        }
        assertThat(shop("23.01", "23.04")
                        .lists("n1", "n1", "n2", "n3")
                        .lists("n2", "n1", "n2", "n3")
                        .plan()
                        .mode())
                .isEqualTo(Mode.SOFT);
    }
}

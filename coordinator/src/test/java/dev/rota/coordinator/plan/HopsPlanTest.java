package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Undo;
import dev.rota.coordinator.fixture.Situation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Plans whose way has several hops. */
class HopsPlanTest {
    private static Situation desk() {
        return Situation.of("desk", "1.0", "2.0", "n1", "n2")
                .recipeText(t -> t.replace("{rule: direct}", "{rule: direct, stepping_stones: [{via: '1.1'}]}"))
                .catalogue("1.1");
    }

    @Test
    void hopsFollowEachOtherAndEachHasAModeOfItsOwn() {
        Plan plan = desk().note("1.1.md", "# Upgrade to 1.1\n\nA rolling upgrade is possible.\n")
                .note("2.0.md", "# Upgrade to 2.0\n\nAll nodes must be stopped before the upgrade.\n")
                .plan();

        assertThat(plan.hops())
                .extracting(h -> h.from().text(), h -> h.to().text(), PlannedHop::mode)
                .containsExactly(Tuple.tuple("1.0", "1.1", Mode.SOFT), Tuple.tuple("1.1", "2.0", Mode.FULL_STOP));
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(plan.deciding()).isEqualTo(plan.hops().get(1));
        int second = plan.hops().get(1).firstBatch();
        assertThat(titles(plan.batches().subList(0, second))).contains("upgrade n1", "upgrade n2");
        assertThat(titles(plan.batches().subList(second, plan.batches().size())))
                .contains("stop n1", "stop n2");
        assertThat(plan.batches().get(second).safePoint()).isTrue();
    }

    private static List<String> titles(List<Plan.Batch> batches) {
        return batches.stream().map(Plan.Batch::title).toList();
    }

    @Test
    void whatIsToBeDoneAfterAHopIsWaitedForBeforeTheNextBegins() {
        Plan plan = desk().note("1.1.md", """
                        # Upgrade to 1.1

                        For MySQL:

                        ```sql
                        ALTER TABLE users ADD COLUMN nick text;
                        ALTER TABLE users DROP COLUMN old_nick;
                        ```
                        """)
                .note("2.0.md", "# Upgrade to 2.0\n\n```sql\nALTER TABLE users ADD COLUMN mail text;\n```\n")
                .assume("storage", "mysql")
                .plan();
        int second = plan.hops().get(1).firstBatch();

        assertThat(plan.evidence().manual())
                .extracting(ManualStep::id, ManualStep::beforeBatch)
                .containsExactly(Tuple.tuple("m1", 1), Tuple.tuple("m2", second), Tuple.tuple("m3", second + 1));
    }

    @Test
    void askingForSoftIsRefusedForTheHopThatForbidsIt() {
        Situation situation = desk().note(
                        "2.0.md", "# Upgrade to 2.0\n\nAll nodes must be stopped before the upgrade.\n")
                .mode(Mode.SOFT);

        assertThat(situation.refused().code()).isEqualTo("SOFT_FORBIDDEN");
        assertThat(situation.refused().sentence()).startsWith("a soft upgrade to 2.0 is not possible: ");
    }

    @Test
    void aWayOfTooManyHopsIsPlannedInParts() {
        Situation situation = Situation.of("desk", "1.0", "99.0", "n1", "n2")
                .recipeText(t -> t.replace("{rule: direct}", "{rule: every-release}"));
        for (int i = 1; i <= Planner.MAX_HOPS; i++) {
            situation.catalogue("1." + i);
        }

        assertThat(situation.refused().code()).isEqualTo("PATH_FORBIDDEN");
        assertThat(situation.refused().sentence())
                .contains("has 31 hops, a plan has at most 30")
                .contains("rota plan chat --to 1.30");
    }

    @Test
    void aClusterBetweenTheEndsOfAWayOfSeveralHopsIsNotPlanned() {
        assertThat(desk().runs("n2", "2.0").refused().code()).isEqualTo("MIXED_VERSIONS");
        assertThat(desk().runs("n2", "1.1").refused().code()).isEqualTo("MIXED_VERSIONS");
    }

    @Test
    void estimatesAreMeasuredOrTheRecipesOrNotKnown() {
        Plan plan = desk().recipeText(
                        t -> t.replace("{rule: direct}", "{rule: direct, stepping_stones: [{via: '1.1'}]}")
                                .replace("  stop:\n    within: 20s\n", "  stop:\n    within: 20s\n    estimate: 4s\n"))
                .took(Phase.INSTALL, Duration.ofSeconds(3))
                .plan();

        assertThat(estimate(plan, Phase.INSTALL)).contains(Duration.ofSeconds(3));
        assertThat(estimate(plan, Phase.STOP)).contains(Duration.ofSeconds(4));
        assertThat(estimate(plan, Phase.START)).isEmpty();
    }

    private static Optional<Duration> estimate(Plan plan, Phase phase) {
        return plan.batches().stream()
                .flatMap(b -> b.lanes().stream())
                .flatMap(l -> l.steps().stream())
                .filter(s -> s.phase() == phase)
                .findFirst()
                .orElseThrow()
                .estimate();
    }

    @Test
    void whatCannotBeTakenBackIsSaid() {
        Plan plan = desk().note("1.1.md", "# Upgrade to 1.1\n\nThe migration of the tables cannot be reverted.\n")
                .plan();

        List<Undo> undo = plan.hops().get(0).undo();
        assertThat(undo).anyMatch(u -> u.possible() && u.sentence().contains("until 'announce' begins"));
        assertThat(undo).anyMatch(u -> !u.possible() && u.sentence().contains("desk has no backup"));
        assertThat(undo)
                .anyMatch(u -> !u.possible()
                        && u.cited().filter(c -> c.place().equals("1.1.md:3")).isPresent());
    }
}

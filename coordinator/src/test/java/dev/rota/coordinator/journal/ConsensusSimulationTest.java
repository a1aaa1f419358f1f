package dev.rota.coordinator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.journal.ConsensusWorld.Plant;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs on disks that lose power, tear, run full and lie, behind a network that breaks. {@code -Dconsensus.seed=N} repeats one run. */
class ConsensusSimulationTest {
    private static final int SEEDS = 300;
    /** Some mistakes need more than one misfortune to show; most end with the first few seeds. */
    private static final int PLANTED_SEEDS = 4000;

    private static final int EVENTS = 3000;
    private static final int POWER_LOSSES = 1000;

    /** Kept: the level of a logger that nobody holds is forgotten. */
    private static final Logger JOURNAL = Logger.getLogger(Membership.class.getPackageName());

    @BeforeAll
    static void beSilent() {
        JOURNAL.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void tellAgain() {
        JOURNAL.setLevel(null);
    }

    @Test
    void nothingAcknowledgedIsLostAndAllMembersBecomeTheSame() throws IOException {
        Long one = Long.getLong("consensus.seed");
        long powerLosses = 0;
        long acknowledged = 0;
        long snapshots = 0;
        long installs = 0;
        long changes = 0;
        for (long seed = one == null ? 1 : one; seed <= (one == null ? SEEDS : one); seed++) {
            ConsensusWorld world = run(seed);
            assertThat(run(seed).trace()).as("seed %d, run twice", seed).isEqualTo(world.trace());
            powerLosses += world.powerLosses;
            acknowledged += world.acknowledged();
            snapshots += world.snapshots;
            installs += world.installs;
            changes += world.changes;
        }
        System.out.printf(
                "consensus: %d losses of power, %d entries acknowledged, none lost; %d snapshots, %d restored, %d changes of members%n",
                powerLosses, acknowledged, snapshots, installs, changes);
        if (one == null) {
            assertThat(powerLosses).isGreaterThan(POWER_LOSSES);
            assertThat(acknowledged).isGreaterThan(10_000);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Plant.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void everyMistakeThatIsPlantedIsNoticed(Plant plant) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= PLANTED_SEEDS; seed++) {
                        ConsensusWorld world = new ConsensusWorld(seed, 3, plant);
                        world.run(EVENTS);
                        world.settle();
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    private static ConsensusWorld run(long seed) throws IOException {
        ConsensusWorld world = new ConsensusWorld(seed, seed % 4 == 0 ? 5 : 3, Plant.NONE);
        try {
            world.run(EVENTS);
            world.settle();
            return world;
        } catch (RuntimeException | AssertionError e) {
            List<String> lines = world.trace();
            throw new AssertionError(
                    e.getMessage() + "\nrepeat with ./mvnw -pl coordinator -am test -Dtest=ConsensusSimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dconsensus.seed=" + seed + "\n"
                            + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size())),
                    e);
        }
    }
}

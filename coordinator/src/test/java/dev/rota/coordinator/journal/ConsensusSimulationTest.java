package dev.rota.coordinator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs on disks that lose power, tear, run full and lie, behind a network that breaks. {@code -Dconsensus.seed=N} repeats one run. */
class ConsensusSimulationTest {
    private static final int SEEDS = 300;
    private static final int EVENTS = 3000;
    private static final int POWER_LOSSES = 1000;

    @Test
    void nothingAcknowledgedIsLostAndAllMembersBecomeTheSame() throws IOException {
        Long one = Long.getLong("consensus.seed");
        long powerLosses = 0;
        long acknowledged = 0;
        long snapshots = 0;
        long installs = 0;
        for (long seed = one == null ? 1 : one; seed <= (one == null ? SEEDS : one); seed++) {
            ConsensusWorld world = run(seed);
            assertThat(run(seed).trace()).as("seed %d, run twice", seed).isEqualTo(world.trace());
            powerLosses += world.powerLosses;
            acknowledged += world.acknowledged();
            snapshots += world.snapshots;
            installs += world.installs;
        }
        System.out.printf(
                "consensus: %d losses of power, %d entries acknowledged, none lost; %d snapshots, %d restored%n",
                powerLosses, acknowledged, snapshots, installs);
        if (one == null) {
            assertThat(powerLosses).isGreaterThan(POWER_LOSSES);
            assertThat(acknowledged).isGreaterThan(10_000);
        }
    }

    private static ConsensusWorld run(long seed) throws IOException {
        ConsensusWorld world = new ConsensusWorld(seed, seed % 4 == 0 ? 5 : 3);
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

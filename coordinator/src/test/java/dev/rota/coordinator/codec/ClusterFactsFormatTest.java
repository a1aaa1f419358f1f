package dev.rota.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.RandomRun;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.ClusterFacts;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.wire.journal.v1.StateRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is known about clusters beyond their rollouts, in a snapshot. */
class ClusterFactsFormatTest {
    private static final int SEEDS = 6;
    private static final String CONTENT = "left-over";
    private static final Instant AT = Instant.parse("2026-01-05T22:00:00.123456Z");

    private static CoordinatorState state() {
        return CoordinatorState.empty()
                .withClusterFacts(new ClusterFacts(
                        new TreeMap<>(Map.of(
                                "chat",
                                List.of(
                                        new Compensation("chat-7", "n2", Phase.DRAIN, AT),
                                        new Compensation("chat-7", "n1", Phase.CHECK, AT.plusSeconds(1))))),
                        RecordedNodes.samples()));
    }

    private static byte[] content(CoordinatorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StateCodec.write(state, bytes);
        return bytes.toByteArray();
    }

    @Test
    void itIsWrittenAndReadAsEver() throws IOException {
        byte[] golden =
                Objects.requireNonNull(GoldenBytes.with("snapshot/cluster-facts.txt", Map.of(CONTENT, content(state())))
                        .get(CONTENT));
        assertThat(StateCodec.decode(StateRecord.parseFrom(golden))).isEqualTo(state());
        assertThat(content(state())).isEqualTo(golden);
    }

    /** What nodes run is recorded anew by a coordinator that has lost it; what was left over is not. */
    @Test
    void onlyWhatWasLeftOverNeedsAReaderThatKnowsIt() {
        CoordinatorState recorded =
                CoordinatorState.empty().withClusterFacts(new ClusterFacts(new TreeMap<>(), RecordedNodes.samples()));
        assertThat(Formats.of(recorded)).isEqualTo(Formats.FIRST);
        assertThat(Formats.of(state())).isEqualTo(Formats.GOING_BACK);
        Drive drained =
                Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2")).untilWorking("n1", Phase.DRAIN);
        assertThat(Formats.of(drained.state())).isEqualTo(Formats.GOING_BACK);
    }

    @Test
    void whatIsToBeTakenBackIsReadBackAsItWas() {
        Situation desk = Situation.of("desk", "1.0", "1.1", "n1", "n2", "n3").recipeText(Situation::undone);
        for (long seed = 1; seed <= SEEDS; seed++) {
            RandomRun.run(desk, seed, state -> {
                byte[] bytes = SnapshotCodec.encode(state);
                assertThat(SnapshotCodec.decode(bytes)).isEqualTo(state);
            });
        }
    }
}

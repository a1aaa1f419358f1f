package dev.rota.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.RandomRun;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.plan.TurnRequest;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.wire.journal.v1.SnapshotRecord;
import dev.rota.wire.journal.v1.StateRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
    private static final int SEEDS = 8;
    private static final int BIGGEST_COMPRESSED_BYTES = 16 << 20;

    private static List<Situation> situations() {
        return List.of(
                shop("23.04"),
                shop("23.04").bounds(2, 1).turns(new TurnRequest(0, 0, 1, List.of(), true)),
                Situation.of("desk", "1.0", "1.1", "n1", "n2", "n3").bounds(2, 1),
                shop("24.12"),
                shop("23.04").zone("n2", "east").mode(Mode.FULL_STOP),
                Situation.of("desk", "1.0", "2.0", "n1", "n2", "n3")
                        .recipeText(t -> t.replace("{rule: direct}", "{rule: direct, stepping_stones: [{via: '1.1'}]}"))
                        .catalogue("1.1")
                        .took(Phase.INSTALL, Duration.ofMillis(1500)),
                shop("23.04")
                        .assume("storage", "mysql")
                        .note(
                                "23.04.md",
                                "# Upgrade to shop 23.04\n\nFor MySQL:\n\n```sql\nALTER TABLE users ADD COLUMN nick text;\n```\n"));
    }

    private static Situation shop(String to) {
        return Situation.of("shop", "23.01", to, "n1", "n2", "n3");
    }

    private static void readBack(CoordinatorState state) {
        byte[] bytes = SnapshotCodec.encode(state);
        CoordinatorState again = SnapshotCodec.decode(bytes);
        assertThat(again).isEqualTo(state);
        assertThat(SnapshotCodec.encode(again)).isEqualTo(bytes);
    }

    @Test
    void everyStateOfEveryRunIsReadBackAsItWas() {
        Set<Class<?>> seen = new HashSet<>();
        for (Situation situation : situations()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                RandomRun.run(situation, seed, state -> {
                    readBack(state);
                    state.rollouts().values().forEach(r -> {
                        seen.add(r.status().getClass());
                        r.nodes().values().forEach(n -> seen.add(n.getClass()));
                    });
                });
            }
        }
        assertThat(seen)
                .as("what the runs went through")
                .contains(NodeState.class.getPermittedSubclasses())
                .contains(RolloutStatus.class.getPermittedSubclasses());
    }

    @Test
    void everyKindOfStatusAndNodeStateIsReadBackAsItWas() {
        assertThat(classes(States.statuses())).containsExactlyInAnyOrder(RolloutStatus.class.getPermittedSubclasses());
        assertThat(classes(States.nodeStates())).containsExactlyInAnyOrder(NodeState.class.getPermittedSubclasses());
        readBack(States.full());
        readBack(CoordinatorState.empty());
    }

    private static Set<Class<?>> classes(List<?> values) {
        Set<Class<?>> all = new HashSet<>();
        values.forEach(v -> all.add(v.getClass()));
        return all;
    }

    /** As on two members: one has applied every entry, the other began with a snapshot half way. */
    @Test
    void membersThatGotThereOnDifferentWaysWriteTheSameBytes() {
        CoordinatorState applied =
                Drive.of(shop("23.04")).until(r -> r.status().ended()).state();
        Drive first = Drive.of(shop("23.04")).untilWorking("n2", Phase.STOP);
        CoordinatorState half = SnapshotCodec.decode(SnapshotCodec.encode(first.state()));
        assertThat(half).isEqualTo(first.state());
        CoordinatorState continued =
                Drive.at(half, first.now()).until(r -> r.status().ended()).state();
        assertThat(continued).isEqualTo(applied);
        assertThat(SnapshotCodec.encode(continued)).isEqualTo(SnapshotCodec.encode(applied));
    }

    @Test
    void aPlanIsStoredOnceAndSharedAgain() {
        CoordinatorState state = Drive.of(shop("23.04")).state();
        CoordinatorState again = SnapshotCodec.decode(SnapshotCodec.encode(state));
        RolloutState rollout = again.rollout(Drive.ID).orElseThrow();
        assertThat(rollout.plan()).isSameAs(again.plans().get(rollout.plan().id()));
    }

    @Test
    void theMostThatIsKeptStaysSmall() {
        String[] names = IntStream.rangeClosed(1, 9).mapToObj(i -> "chat-" + i).toArray(String[]::new);
        Situation chat = Situation.of("shop", "23.01", "23.04", names);
        CoordinatorState ended = Drive.of(chat).until(r -> r.status().ended()).state();
        RolloutState one = ended.rollout(Drive.ID).orElseThrow();
        SortedMap<String, Plan> plans = new TreeMap<>();
        SortedMap<String, RolloutState> rollouts = new TreeMap<>();
        for (int i = 0; i < CoordinatorState.MAX_PLANS + CoordinatorState.MAX_ROLLOUTS; i++) {
            Plan plan = Plans.at(one.plan(), one.plan().createdAt().plusSeconds(i));
            if (i < CoordinatorState.MAX_PLANS) {
                plans.put(plan.id(), plan);
            } else {
                rollouts.put("r" + i, withPlan(one, "r" + i, plan));
            }
        }
        CoordinatorState most = new CoordinatorState(
                ended.inventory(),
                ended.releases(),
                plans,
                rollouts,
                List.copyOf(plans.keySet()),
                List.copyOf(rollouts.keySet()),
                ended.requests(),
                ended.requestOrder(),
                ended.notes(),
                ended.coordinators(),
                ended.clusterFacts());

        byte[] bytes = SnapshotCodec.encode(most);

        assertThat(bytes).hasSizeLessThan(BIGGEST_COMPRESSED_BYTES);
        assertThat(SnapshotCodec.decode(bytes)).isEqualTo(most);
    }

    private static RolloutState withPlan(RolloutState r, String id, Plan plan) {
        return new RolloutState(
                id,
                plan,
                r.startedBy(),
                r.startedAt(),
                r.revision(),
                r.status(),
                r.batch(),
                r.nodes(),
                r.facts(),
                r.attempts(),
                r.history(),
                r.mixedSince(),
                r.waited(),
                r.added(),
                r.back(),
                r.skipped(),
                r.compensations(),
                r.overseen());
    }

    @Test
    void aLaterFormatIsRefusedByItsNumber() {
        byte[] later = SnapshotRecord.newBuilder().setFormat(3).build().toByteArray();
        assertThatThrownBy(() -> SnapshotCodec.decode(later))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("snapshot of format 3, this version reads up to 2");
        assertThatThrownBy(() -> SnapshotCodec.decode(new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("snapshot of format 0, this version reads up to 2");
    }

    @Test
    void damagedBytesAreRefused() {
        CoordinatorState state = States.full();
        byte[] bytes = SnapshotCodec.encode(state);
        List<byte[]> damaged = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            damaged.add(Arrays.copyOf(bytes, i));
            byte[] flipped = bytes.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            damaged.add(flipped);
        }
        for (byte[] b : damaged) {
            try {
                assertThat(SnapshotCodec.decode(b)).isEqualTo(state);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void nothingIsReadBeyondTheBound() throws IOException {
        byte[] zeros = new byte[1 << 20];
        StateRecord some = StateRecord.newBuilder().setKeptPlans(0).build();
        byte[] bomb = compressed(some.toByteArray(), zeros);
        assertThatThrownBy(() -> SnapshotCodec.decode(snapshot(SnapshotCodec.MAX_CONTENT_BYTES + 1L, bomb)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the snapshot holds 268435457 bytes, more than the 268435456 that are read");
        byte[] content = compressed(StateRecord.newBuilder()
                .setInventory(InventoryCodec.encode(shop("23.04").inventory()))
                .build()
                .toByteArray());
        assertThatThrownBy(() -> SnapshotCodec.decode(snapshot(10, content)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the snapshot is damaged: it holds more than the 10 bytes it announces");
        assertThatThrownBy(() -> SnapshotCodec.decode(snapshot(10_000, content)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the snapshot is damaged: it ends ");
    }

    private static byte[] snapshot(long size, byte[] content) {
        return SnapshotRecord.newBuilder()
                .setFormat(1)
                .setContentBytes(size)
                .setContent(ByteString.copyFrom(content))
                .build()
                .toByteArray();
    }

    private static byte[] compressed(byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            for (byte[] part : parts) {
                out.write(Objects.requireNonNull(part));
            }
        }
        return bytes.toByteArray();
    }
}

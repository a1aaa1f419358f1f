package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.LogChunk;
import dev.rota.wire.operator.v1.ReadLogsRequest;
import dev.rota.wire.operator.v1.Rollout;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watchers of a leader that is deposed are sent to the next one. */
class WatchHandoverTest {
    @TempDir
    Path directory;

    private OperatorHarness harness;

    /** Remembers what came and how it ended. */
    private static final class Watcher<T> implements StreamObserver<T> {
        final List<T> received = new CopyOnWriteArrayList<>();
        private volatile Optional<Throwable> failure = Optional.empty();

        @Override
        public void onNext(T value) {
            received.add(value);
        }

        @Override
        public void onError(Throwable thrown) {
            failure = Optional.of(thrown);
        }

        @Override
        public void onCompleted() {
            failure = Optional.of(new IllegalStateException("completed"));
        }

        void awaitSentTo(String leader) {
            await().until(() -> failure.isPresent());
            Throwable end = failure.orElseThrow();
            assertThat(Status.fromThrowable(end).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(Optional.ofNullable(Status.trailersFromThrowable(end)).map(t -> t.get(Redirect.LEADER)))
                    .contains(leader);
        }
    }

    @BeforeEach
    void start() throws Exception {
        harness = new OperatorHarness(directory);
        Situation shop = Situation.of("shop", "23.01", "23.04", "n1", "n2");
        Plan plan = shop.plan();
        for (Entry entry : List.of(
                new Entry.InventoryDeclared(shop.inventory()),
                new Entry.PlanMade("", plan),
                new Entry.RolloutStarted("", "r1", plan.id(), "ann", Situation.T0))) {
            harness.journal().receive(EntryCodec.encode(entry));
        }
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void whoWatchesARolloutIsSentToTheNewLeader() {
        Watcher<Rollout> watcher = new Watcher<>();
        harness.streams()
                .watchRollout(GetRolloutRequest.newBuilder().setRollout("r1").build(), watcher);
        await().until(() -> !watcher.received.isEmpty());

        harness.journal().lose("c2");

        watcher.awaitSentTo("c2.example.org:7443");
        assertThat(watcher.received.get(0).getId()).isEqualTo("r1");
    }

    @Test
    void whoFollowsALogIsSentToTheNewLeader() {
        Watcher<LogChunk> watcher = new Watcher<>();
        harness.streams()
                .readLogs(
                        ReadLogsRequest.newBuilder()
                                .setRollout("r1")
                                .setFollow(true)
                                .build(),
                        watcher);

        harness.journal().lose("c2");

        watcher.awaitSentTo("c2.example.org:7443");
    }

    @Test
    void aLeaderDeclaresWhereItIs() {
        harness.settle();
        harness.journal().lead();
        harness.settle();

        assertThat(harness.coordinators()).containsEntry("c1", "c1.example.org:7443");
        long index = harness.journal().committedIndex();
        harness.journal().lead();
        harness.settle();
        assertThat(harness.journal().committedIndex()).isEqualTo(index);
    }
}

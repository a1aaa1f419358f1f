package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Ledger;
import dev.rota.coordinator.rollout.Ledger.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries on top of entries that are not committed. */
final class ReplicaTest {
    private final MemoryJournal journal = new MemoryJournal(MemoryJournal.empty(), 1);
    private final Replica replica = new Replica(
            journal,
            leads -> {},
            cause -> {
                throw new AssertionError(cause);
            },
            Ledger::apply);

    @BeforeEach
    void start() {
        journal.start(replica);
        journal.slow();
    }

    @Test
    void whatIsUnderWayIsForeseenAndNotYetSo() {
        CompletableFuture<Outcome> first = offer("c1");
        CompletableFuture<Outcome> second = offer("c2");

        assertThat(replica.tip().orElseThrow().coordinators()).containsOnlyKeys("c1", "c2");
        assertThat(replica.state().coordinators()).isEmpty();
        CompletableFuture<?> quiet = replica.quiet();

        journal.commitOldest();
        assertThat(replica.state().coordinators()).containsOnlyKeys("c1");
        assertThat(first.join()).isInstanceOf(Outcome.Accepted.class);
        assertThat(second).isNotDone();
        assertThat(quiet).isNotDone();

        journal.commitOldest();
        assertThat(quiet).isDone();
        assertThat(replica.tip()).contains(replica.state());
    }

    @Test
    void nothingIsForeseenOnTopOfWhatWasNotCommitted() {
        CompletableFuture<Outcome> first = offer("c1");
        CompletableFuture<Outcome> second = offer("c2");

        journal.dropOldest(new JournalException("the disk is full"));
        assertThatThrownBy(first::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(JournalException.class)
                .hasMessageContaining("the disk is full");
        assertThat(replica.tip()).isEmpty();

        journal.commitOldest();
        assertThat(second.join()).isInstanceOf(Outcome.Accepted.class);
        assertThat(replica.state().coordinators()).containsOnlyKeys("c2");
        assertThat(replica.tip()).contains(replica.state());
    }

    @Test
    void whatAnotherLeaderCommitsBetweenIsNotPassedOver() {
        CompletableFuture<Outcome> own = offer("c1");
        journal.receive(EntryCodec.encode(declared("c9")));

        journal.commitOldest();

        assertThat(own.join()).isInstanceOf(Outcome.Accepted.class);
        assertThat(replica.state().coordinators()).containsOnlyKeys("c1", "c9");
    }

    private CompletableFuture<Outcome> offer(String name) {
        return replica.offer(replica.foresee(replica.tip().orElseThrow(), declared(name)));
    }

    private static Entry declared(String name) {
        return new Entry.CoordinatorDeclared("request " + name, name, name + ".example:7443");
    }
}

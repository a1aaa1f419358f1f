package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.rollout.CoordinatorState;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReadsTest {
    private final List<CompletableFuture<Void>> rounds = new ArrayList<>();
    private final Journal journal = (Journal) Proxy.newProxyInstance(
            Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("leader")) {
                    return true;
                }
                CompletableFuture<Void> round = new CompletableFuture<>();
                rounds.add(round);
                return round;
            });
    private final Reads reads =
            new Reads(journal, new Members(journal, CoordinatorState::empty, Addresses.alone("c1")));

    @Test
    void questionsThatComeDuringARoundShareTheNextOne() {
        CompletableFuture<Void> first = reads.fresh();
        CompletableFuture<Void> second = reads.fresh();
        CompletableFuture<Void> third = reads.fresh();
        assertThat(rounds).hasSize(1);

        rounds.get(0).complete(null);

        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(rounds).hasSize(2);

        rounds.get(1).complete(null);

        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(rounds).hasSize(2);
    }

    @Test
    void aRoundThatFailsFailsItsOwnQuestionsOnly() {
        CompletableFuture<Void> first = reads.fresh();
        CompletableFuture<Void> second = reads.fresh();

        rounds.get(0).completeExceptionally(new IllegalStateException("broken"));
        rounds.get(1).complete(null);

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompleted();
    }
}

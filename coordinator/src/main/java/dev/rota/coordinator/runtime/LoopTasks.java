package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.JournalFullException;
import dev.rota.coordinator.port.NotLeaderException;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Ledger.Outcome;
import dev.rota.coordinator.runtime.Refusal.Kind;
import java.util.concurrent.CompletableFuture;

/** Work for operators on the leader's loop; whatever goes wrong becomes the answer. */
final class LoopTasks {
    private final Coordinator coordinator;

    LoopTasks(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    /** Completes the answer, now or later. */
    interface Task<T> {
        void run(CompletableFuture<T> answer) throws Refusal, JournalException;
    }

    /** Has an entry committed and answers what was made or changed. */
    String commit(Entry entry) throws Refusal, JournalException {
        Outcome outcome = coordinator.commit(entry);
        if (outcome instanceof Outcome.Rejected r) {
            throw new Refusal(Kind.REFUSED, r.code(), r.reason());
        }
        return ((Outcome.Accepted) outcome).subject();
    }

    <T> CompletableFuture<T> onLoop(Task<T> task) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        coordinator.post(() -> attempt(answer, task));
        return answer;
    }

    <T> void attempt(CompletableFuture<T> answer, Task<T> task) {
        try {
            if (!coordinator.leader()) {
                throw coordinator.members().notLeader();
            }
            coordinator.awaitQuiet();
            task.run(answer);
        } catch (Refusal e) {
            answer.completeExceptionally(e);
        } catch (NotLeaderException e) {
            answer.completeExceptionally(coordinator.members().notLeader(e));
        } catch (JournalException e) {
            Kind kind = e instanceof JournalFullException ? Kind.REFUSED : Kind.UNAVAILABLE;
            answer.completeExceptionally(new Refusal(kind, "JOURNAL", String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            throw e;
        }
    }
}

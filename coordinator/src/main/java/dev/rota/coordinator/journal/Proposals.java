package dev.rota.coordinator.journal;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Who waits for which record to be committed. Used with {@link SafeRaft}'s lock held. */
final class Proposals {
    private final SortedMap<Long, CompletableFuture<Long>> waiting = new TreeMap<>();

    /** A record was written, and may or may not come to be committed. */
    static final class Undecided extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undecided(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    void await(long index, CompletableFuture<Long> result) {
        waiting.put(index, result);
    }

    void committed(long index) {
        CompletableFuture<Long> result = waiting.remove(index);
        if (result != null) {
            result.complete(index);
        }
    }

    void undecided(long index, Throwable cause) {
        CompletableFuture<Long> result = waiting.remove(index);
        if (result != null) {
            result.completeExceptionally(new Undecided(cause));
        }
    }

    void allUndecided(Throwable cause) {
        List<CompletableFuture<Long>> all = List.copyOf(waiting.values());
        waiting.clear();
        all.forEach(result -> result.completeExceptionally(new Undecided(cause)));
    }
}

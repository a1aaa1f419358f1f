package dev.rota.coordinator.journal;

import dev.rota.coordinator.port.JournalException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jgroups.protocols.raft.RAFT;
import org.jspecify.annotations.Nullable;

/**
 * The appends that are under way. Each completes within the time limit, whatever the library does with it: it forgets requests
 * when it loses the leadership or fails to write.
 */
final class Appends {
    private final String journal;
    private final Duration timeout;
    private final Map<Long, CompletableFuture<Long>> outstanding = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable JournalException end;

    /** {@code journal} begins every message. */
    Appends(String journal, Duration timeout) {
        this.journal = journal;
        this.timeout = timeout;
    }

    CompletionStage<Long> submit(RAFT raft, Frame frame) {
        byte[] bytes = frame.toBytes();
        CompletableFuture<Long> result = new CompletableFuture<>();
        long number = numbers.incrementAndGet();
        outstanding.put(number, result);
        result.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            CompletableFuture<?> unused = raft.setAsync(bytes, 0, bytes.length, null)
                    .handle((index, failure) -> finish(result, index, failure));
        } catch (RuntimeException refused) {
            finish(result, null, refused);
        }
        JournalException ended = end;
        if (ended != null) {
            result.completeExceptionally(ended);
        }
        return result.handle((index, failure) -> {
                    outstanding.remove(number);
                    return failure == null
                            ? CompletableFuture.completedStage(index)
                            : CompletableFuture.<Long>failedStage(
                                    failure instanceof TimeoutException ? timedOut() : failure);
                })
                .thenCompose(stage -> stage);
    }

    private boolean finish(CompletableFuture<Long> result, byte @Nullable [] index, @Nullable Throwable failure) {
        return (index == null || failure != null)
                ? result.completeExceptionally(translate(failure))
                : result.complete(ByteBuffer.wrap(index).getLong());
    }

    /** Fails all that are under way and every later one. */
    void end(JournalException cause) {
        end = cause;
        outstanding.values().forEach(result -> result.completeExceptionally(cause));
    }

    private JournalException translate(@Nullable Throwable failure) {
        JournalException ended = end;
        if (ended != null) {
            return ended;
        }
        String message = journal + ": not accepted: " + (failure == null ? "no answer" : Failures.describe(failure));
        // The library refuses with this when its queue is full or the leadership has gone before the entry was written.
        return failure instanceof IllegalStateException
                ? new JournalException(message, failure)
                : JournalException.unknownOutcome(message, failure);
    }

    private JournalException timedOut() {
        return JournalException.unknownOutcome(
                journal + ": not committed within " + timeout + "; it may still be", null);
    }
}

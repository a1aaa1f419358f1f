package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.NotLeaderException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that what is shown misses nothing that was committed before the question. Questions that come while a round is under way
 * share the next one. May be used by any thread.
 */
public final class Reads {
    private static final Logger LOG = LoggerFactory.getLogger(Reads.class);

    /** Whoever has waited this long is told so; the round itself may still end. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final Journal journal;
    private final Members members;
    private @Nullable CompletableFuture<Void> waiting;
    private boolean underWay;

    Reads(Journal journal, Members members) {
        this.journal = journal;
        this.members = members;
    }

    /**
     * Completes once the state may be read; fails with a {@link Refusal} when this member does not lead, or no majority confirms that it
     * does.
     *
     * <p>A round that the journal refuses outright, say because its disk is full, is no doubt about who leads: what a leader shows is all
     * that is left to an operator then, so it is shown.
     */
    public CompletableFuture<Void> fresh() {
        if (!members.leads()) {
            return CompletableFuture.failedFuture(members.notLeader());
        }
        CompletableFuture<Void> mine;
        synchronized (this) {
            if (waiting == null) {
                waiting = new CompletableFuture<>();
            }
            mine = waiting;
            if (underWay) {
                return mine;
            }
            underWay = true;
            waiting = null;
        }
        round(mine);
        return mine;
    }

    private void round(CompletableFuture<Void> answer) {
        CompletableFuture<Void> barrier =
                journal.barrier().<Void>thenApply(done -> null).toCompletableFuture();
        var unused = barrier.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, failure) -> {
            CompletableFuture<Void> next;
            synchronized (this) {
                next = waiting;
                waiting = null;
                underWay = next != null;
            }
            complete(answer, failure);
            if (next != null) {
                round(next);
            }
        });
    }

    private void complete(CompletableFuture<Void> answer, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException c && c.getCause() != null ? c.getCause() : failure;
        if (cause == null) {
            answer.complete(null);
        } else if (cause instanceof NotLeaderException e) {
            answer.completeExceptionally(members.notLeader(e));
        } else if (cause instanceof JournalException e && !e.outcomeUnknown() && members.leads()) {
            LOG.warn("what operators are shown is not confirmed by a majority: {}", e.getMessage());
            answer.complete(null);
        } else {
            answer.completeExceptionally(new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    "NO_MAJORITY",
                    "no majority of the coordinators confirms that this one leads: "
                            + (cause instanceof TimeoutException
                                    ? "no answer within " + LIMIT.toSeconds() + " s"
                                    : cause.getMessage())));
        }
    }
}

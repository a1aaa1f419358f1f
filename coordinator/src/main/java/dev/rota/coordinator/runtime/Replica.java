package dev.rota.coordinator.runtime;

import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.codec.SnapshotCodec;
import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Ledger.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This member's copy of the committed state: applies every committed entry in order, and proposes new ones. A leader may propose
 * entries on top of others that are not committed yet: what they will make of the state together is foreseen, and forgotten when one of
 * them does not come to be committed.
 */
final class Replica implements Journal.Listener {
    /** Longest wait for a commit; beyond it the outcome is unknown and the caller asks again. */
    static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    private final Journal journal;
    private final Consumer<Throwable> fatal;
    private final Consumer<Boolean> leadershipChanged;
    private final BiFunction<CoordinatorState, Entry, Outcome> ledger;
    /** Oldest first; guarded by itself. */
    private final Deque<Proposal> underWay = new ArrayDeque<>();
    /** Something under way has not become what was foreseen, so nothing behind it will; guarded by {@code underWay}. */
    private boolean mistaken;

    private volatile CoordinatorState state = CoordinatorState.empty();
    private volatile long leadsTerm;

    /** {@code ledger} is what makes entries of the journal states. */
    Replica(
            Journal journal,
            Consumer<Boolean> leadershipChanged,
            Consumer<Throwable> fatal,
            BiFunction<CoordinatorState, Entry, Outcome> ledger) {
        this.journal = journal;
        this.leadershipChanged = leadershipChanged;
        this.fatal = fatal;
        this.ledger = ledger;
    }

    /** An entry that is being committed. */
    private static final class Proposal {
        private final byte[] bytes;
        private final Foreseen foreseen;
        private @Nullable Outcome outcome;
        private CompletableFuture<?> ended = CompletableFuture.completedFuture(null);

        Proposal(Foreseen foreseen) {
            this.bytes = EntryCodec.encode(foreseen.entry);
            this.foreseen = foreseen;
        }
    }

    /** What an entry will make of a state. */
    static final class Foreseen {
        private final Entry entry;
        private final CoordinatorState before;
        private final Outcome outcome;

        Foreseen(Entry entry, CoordinatorState before, Outcome outcome) {
            this.entry = entry;
            this.before = before;
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }

        private CoordinatorState after() {
            return outcome instanceof Outcome.Accepted a ? a.state() : before;
        }
    }

    CoordinatorState state() {
        return state;
    }

    boolean leader() {
        return journal.leader();
    }

    long term() {
        return journal.term();
    }

    /** The term in which this member leads, as far as it was told; 0 when it does not. */
    long leadsTerm() {
        return leadsTerm;
    }

    String leaderName() {
        return journal.leaderName();
    }

    long committedIndex() {
        return journal.committedIndex();
    }

    // Proposing: by one thread at a time.

    /** The state once everything under way is committed; empty when that will not be so, until all that is under way has ended. */
    Optional<CoordinatorState> tip() {
        synchronized (underWay) {
            if (mistaken) {
                return Optional.empty();
            }
            Proposal last = underWay.peekLast();
            return Optional.of(last == null ? state : last.foreseen.after());
        }
    }

    /** What an entry will make of a {@link #tip()}. */
    Foreseen foresee(CoordinatorState tip, Entry entry) {
        return new Foreseen(entry, tip, ledger.apply(tip, entry));
    }

    /**
     * Has what was foreseen committed.
     *
     * @return completes once it is committed and applied, with what it has made of the state; fails with a {@link JournalException} when
     *     it was not committed, or it is not known whether it was
     */
    CompletableFuture<Outcome> offer(Foreseen foreseen) {
        Proposal p = new Proposal(foreseen);
        synchronized (underWay) {
            underWay.add(p);
        }
        CompletableFuture<Outcome> result =
                journal.append(p.bytes).toCompletableFuture().handle((index, failure) -> ended(p, failure));
        p.ended = result;
        return result;
    }

    private Outcome ended(Proposal p, @Nullable Throwable failure) {
        @Nullable Outcome outcome;
        synchronized (underWay) {
            outcome = p.outcome;
            underWay.remove(p);
            mistaken = !underWay.isEmpty() && (mistaken || failure != null || !p.foreseen.outcome.equals(outcome));
        }
        if (failure != null) {
            throw failure instanceof CompletionException c ? c : new CompletionException(failure);
        }
        if (outcome == null) {
            throw new CompletionException(
                    JournalException.unknownOutcome("an entry was committed but not applied", null));
        }
        return outcome;
    }

    /** Completes, in one way or the other, when all that is under way now has ended. */
    CompletableFuture<?> quiet() {
        synchronized (underWay) {
            Proposal last = underWay.peekLast();
            return last == null ? CompletableFuture.completedFuture(null) : last.ended;
        }
    }

    /**
     * Waits until nothing is under way.
     *
     * @throws JournalException when that takes too long
     */
    void awaitQuiet() throws JournalException {
        try {
            quiet().handle((outcome, failure) -> true).get(COMMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException | TimeoutException e) {
            throw late(e);
        }
    }

    /**
     * Proposes an entry when nothing else is under way, and waits until it is committed and applied.
     *
     * @throws JournalException when it was not committed, or it is not known whether it was
     */
    Outcome propose(Entry entry) throws JournalException {
        awaitQuiet();
        try {
            return offer(foresee(state, entry)).get(COMMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JournalException j) {
                throw j;
            }
            throw JournalException.unknownOutcome("the journal failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw late(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static JournalException late(Exception e) {
        return JournalException.unknownOutcome(
                "no commit within " + COMMIT_TIMEOUT.toSeconds() + " s; it may still come", e);
    }

    private static JournalException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return JournalException.unknownOutcome("interrupted while waiting for a commit", e);
    }

    // What the journal tells.

    @Override
    public void committed(long index, byte[] bytes) {
        Optional<Proposal> own = own(bytes);
        Outcome outcome = own.map(p -> p.foreseen)
                .filter(f -> f.before.equals(state))
                .map(f -> f.outcome)
                .orElseGet(() -> ledger.apply(state, EntryCodec.decode(bytes)));
        assert own.isEmpty() || outcome.equals(ledger.apply(state, EntryCodec.decode(bytes)))
                : "entry " + index + " makes something else of the state than was foreseen";
        if (outcome instanceof Outcome.Accepted a) {
            state = a.state();
        }
        own.ifPresent(p -> {
            synchronized (underWay) {
                p.outcome = outcome;
            }
        });
    }

    private Optional<Proposal> own(byte[] bytes) {
        synchronized (underWay) {
            return underWay.stream()
                    .filter(p -> p.outcome == null && Arrays.equals(p.bytes, bytes))
                    .findFirst();
        }
    }

    @Override
    public byte[] snapshot() {
        return SnapshotCodec.encode(state);
    }

    @Override
    public void restore(byte[] snapshot) {
        state = SnapshotCodec.decode(snapshot);
    }

    @Override
    public void leadership(boolean leader, long term) {
        LOG.info(leader ? "this member leads term {}" : "this member does not lead; term is {}", term);
        leadsTerm = leader ? term : 0;
        leadershipChanged.accept(leader);
    }

    @Override
    public void halted(Throwable cause) {
        fatal.accept(cause);
    }
}

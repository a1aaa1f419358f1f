package dev.rota.coordinator.runtime;

import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.codec.SnapshotCodec;
import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Ledger.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This member's copy of the committed state: applies every committed entry in order, and proposes new ones. */
final class Replica implements Journal.Listener {
    /** Longest wait for a commit; beyond it the outcome is unknown and the caller asks again. */
    static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    private final Journal journal;
    private final Consumer<Throwable> fatal;
    private final Consumer<Boolean> leadershipChanged;
    private final BiFunction<CoordinatorState, Entry, Outcome> ledger;
    private final Map<Long, Outcome> outcomes = new ConcurrentHashMap<>();
    private volatile CoordinatorState state = CoordinatorState.empty();
    private volatile boolean proposing;
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

    /**
     * Proposes an entry and waits until it is committed and applied. Called by one thread at a time.
     *
     * @throws JournalException when it was not committed, or it is not known whether it was
     */
    Outcome propose(Entry entry) throws JournalException {
        proposing = true;
        try {
            long index = journal.append(EntryCodec.encode(entry))
                    .toCompletableFuture()
                    .get(COMMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            @Nullable Outcome outcome = outcomes.remove(index);
            if (outcome == null) {
                throw JournalException.unknownOutcome("entry " + index + " was committed but not applied", null);
            }
            return outcome;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JournalException j) {
                throw j;
            }
            throw JournalException.unknownOutcome("the journal failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw JournalException.unknownOutcome(
                    "no commit within " + COMMIT_TIMEOUT.toSeconds() + " s; it may still come", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JournalException.unknownOutcome("interrupted while waiting for a commit", e);
        } finally {
            proposing = false;
            outcomes.clear();
        }
    }

    @Override
    public void committed(long index, byte[] bytes) {
        Outcome outcome = ledger.apply(state, EntryCodec.decode(bytes));
        if (outcome instanceof Outcome.Accepted a) {
            state = a.state();
        }
        if (proposing) {
            outcomes.put(index, outcome);
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

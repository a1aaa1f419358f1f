package dev.rota.agent.step;

import java.time.Duration;
import java.time.Instant;

/**
 * Where a step stands. Each state offers only the moves that are legal from it; {@link JobMachine} picks the move for an event.
 *
 * <pre>
 *  Asking(i) --already done--------------------------> Asking(i+1) | Finished
 *  Asking(i) --begin--> Working(i) --work ended--> Proving(i) --proven--> Asking(i+1) | Finished
 *                       Working(i) --lost--------> Asking(i), next round
 *  Asking, Working, Proving --fail--> Finished
 * </pre>
 */
public sealed interface JobState {
    /** What has been found and spent so far. */
    Ledger ledger();

    /** Calls the function for this kind of state. */
    <R> R match(Cases<R> cases);

    /** One function for each kind of state. */
    interface Cases<R> {
        R asking(Asking s);

        R working(Working s);

        R proving(Proving s);

        R finished(Finished s);
    }

    /**
     * The action's {@code unless} is to be asked; nothing of this round has been started.
     *
     * @param index of the action, from 0
     * @param round how often the action's work was lost before
     */
    record Asking(int index, int round, Ledger ledger) implements JobState {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.asking(this);
        }

        Working toWorking(JobEvent.Begin e) {
            return new Working(index, round, e.at(), e.bootId(), ledger.withWait(e.askedMs()));
        }
    }

    /**
     * The action's work may have been started, by this agent process or one before it.
     *
     * @param since when its intent was recorded; the action's deadline counts from here
     * @param bootId the boot it was started in: a process of another boot is gone for certain
     */
    record Working(int index, int round, Instant since, String bootId, Ledger ledger) implements JobState {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.working(this);
        }

        Proving toProving(JobEvent.WorkEnded e) {
            return new Proving(index, round, since, e.at(), ledger.withWork(e.spentMs(), e.facts()));
        }

        Asking toAskingAgain() {
            return new Asking(index, round + 1, ledger);
        }
    }

    /**
     * The work has ended well; the action's {@code until} is to be asked until it holds.
     *
     * @param since when the action began
     * @param ended when its work ended; waiting counts from here
     */
    record Proving(int index, int round, Instant since, Instant ended, Ledger ledger) implements JobState {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.proving(this);
        }

        Ledger proven(Instant at) {
            return ledger.withWait(Duration.between(ended, at).toMillis());
        }
    }

    /** The step has ended; nothing follows. */
    record Finished(Verdict verdict, Ledger ledger) implements JobState {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.finished(this);
        }
    }
}

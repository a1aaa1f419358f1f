package dev.rota.agent.step;

import java.time.Instant;

/** The state machine of a step: total and pure. An event that does not fit is rejected, never an exception. */
public final class JobMachine {
    private final int actions;

    /** A machine for a step of so many actions, 0 or more. */
    public JobMachine(int actions) {
        this.actions = actions;
    }

    /** The state in which a step begins. */
    public JobState begin(Instant now) {
        return to(0, Ledger.begin(now));
    }

    /** The state after an event. */
    public Move next(JobState state, JobEvent event) {
        return state.match(new JobState.Cases<>() {
            @Override
            public Move asking(JobState.Asking s) {
                if (event instanceof JobEvent.AlreadyDone e) {
                    return new Move.To(to(s.index() + 1, s.ledger().withWait(e.askedMs())));
                }
                return event instanceof JobEvent.Begin e ? new Move.To(s.toWorking(e)) : failOrReject(s, event);
            }

            @Override
            public Move working(JobState.Working s) {
                if (event instanceof JobEvent.WorkEnded e) {
                    return new Move.To(s.toProving(e));
                }
                return event instanceof JobEvent.Lost ? new Move.To(s.toAskingAgain()) : failOrReject(s, event);
            }

            @Override
            public Move proving(JobState.Proving s) {
                return event instanceof JobEvent.Proven e
                        ? new Move.To(to(s.index() + 1, s.proven(e.at())))
                        : failOrReject(s, event);
            }

            @Override
            public Move finished(JobState.Finished s) {
                return rejected(s, event);
            }
        });
    }

    private JobState to(int index, Ledger ledger) {
        return index < actions
                ? new JobState.Asking(index, 0, ledger)
                : new JobState.Finished(Verdict.done(""), ledger);
    }

    private static Move failOrReject(JobState state, JobEvent event) {
        return event instanceof JobEvent.Fail e
                ? new Move.To(new JobState.Finished(e.verdict(), state.ledger()))
                : rejected(state, event);
    }

    private static Move rejected(JobState state, JobEvent event) {
        return new Move.Rejected(event.getClass().getSimpleName() + " does not fit "
                + state.getClass().getSimpleName());
    }
}

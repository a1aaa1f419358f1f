package dev.rota.agent.job;

import dev.rota.agent.action.ActionFailure;
import dev.rota.agent.action.Actions;
import dev.rota.agent.action.Conditions;
import dev.rota.agent.action.Context;
import dev.rota.agent.action.Deadline;
import dev.rota.agent.action.Done;
import dev.rota.agent.action.Task;
import dev.rota.agent.exec.ProcessTable;
import dev.rota.agent.file.Space;
import dev.rota.agent.step.Code;
import dev.rota.agent.step.JobEvent;
import dev.rota.agent.step.JobMachine;
import dev.rota.agent.step.JobState;
import dev.rota.agent.step.Move;
import dev.rota.agent.step.Outcome;
import dev.rota.agent.step.Verdict;
import dev.rota.contract.Recipe;
import dev.rota.contract.Work;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Carries one step out, from wherever its directory says it stands: before anything is done that can be seen from outside, the
 * state that leads to it is on the disk.
 */
final class JobRunner {
    /** Even a proof whose time is over is looked for once, for this long. */
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(2);

    private static final Duration REPORT_EVERY = Duration.ofSeconds(2);

    private final JobDirectory directory;
    private final Recipe.PhaseSpec phase;
    private final Context context;
    private final Conditions conditions;
    private final Actions actions;
    private final Duration timeout;
    private final JobReporter reporter;
    private final JobMachine machine;
    private boolean resuming;
    /** Whether a restarted agent, going on from what is on the disk, would do nothing again that has ended. */
    private boolean upToDate = true;

    JobRunner(
            JobDirectory directory,
            Recipe.PhaseSpec phase,
            Context context,
            Actions actions,
            Duration timeout,
            JobReporter reporter) {
        this.directory = directory;
        this.phase = phase;
        this.context = context;
        this.conditions = new Conditions(context);
        this.actions = actions;
        this.timeout = timeout;
        this.reporter = reporter;
        this.machine = new JobMachine(phase.actions().size());
    }

    /**
     * Goes on to the end.
     *
     * @throws IOException if the state cannot be recorded; nothing was begun that is not
     * @throws InterruptedException if the agent is going down; the step goes on after its restart
     */
    JobState.Finished run() throws IOException, InterruptedException {
        Optional<JobState> saved = directory.progress();
        resuming = saved.isPresent();
        JobState onDisk = saved.orElse(null);
        JobState state = saved.isPresent() ? saved.get() : machine.begin(now());
        while (!(state instanceof JobState.Finished)) {
            if (needsRecord(state) && !state.equals(onDisk)) {
                directory.save(state);
                onDisk = state;
                upToDate = true;
            }
            JobEvent event = event(state);
            upToDate &= !(state instanceof JobState.Working s && event instanceof JobEvent.WorkEnded)
                    || actions.leavesTraces(action(s.index()).work());
            state = moved(state, event);
        }
        JobState.Finished end = (JobState.Finished) state;
        return end.verdict().outcome() == Outcome.DONE
                ? new JobState.Finished(Verdict.done(reporter.output()), end.ledger())
                : end;
    }

    /**
     * Whether a restarted agent would do harm if it did not know about this state. Asking nothing and waiting can be done again; so
     * can the beginning of work of which nothing is left behind to be picked up: it would be repeated anyway. Work that has ended must
     * not be: its input may be gone once the next action has begun.
     */
    private boolean needsRecord(JobState state) {
        if (state instanceof JobState.Asking s) {
            return !action(s.index()).unless().isEmpty();
        }
        if (state instanceof JobState.Working s) {
            return !upToDate || actions.leavesTraces(action(s.index()).work());
        }
        return !(state instanceof JobState.Proving s)
                || (!action(s.index()).until().isEmpty() && !(action(s.index()).work() instanceof Work.Wait));
    }

    private JobState moved(JobState state, JobEvent event) {
        Move move = machine.next(state, event);
        if (move instanceof Move.To to) {
            return to.state();
        }
        throw new IllegalStateException(((Move.Rejected) move).reason());
    }

    private JobEvent event(JobState state) throws InterruptedException {
        try {
            if (state instanceof JobState.Asking s) {
                return ask(s);
            }
            return state instanceof JobState.Working s ? work(s) : prove((JobState.Proving) state);
        } catch (IllegalArgumentException e) {
            return failed(state, Code.MISSING_VALUE, String.valueOf(e.getMessage()), "");
        }
    }

    private JobEvent ask(JobState.Asking s) throws InterruptedException {
        Recipe.Action action = action(s.index());
        reporter.begin(s.index(), phase.actions().size(), title(s.index()));
        Deadline deadline = stepDeadline(s);
        if (deadline.passed()) {
            return failed(s, Code.TIMED_OUT, "the step's time of " + seconds(timeout) + " was over before this", "");
        }
        Duration before = conditions.answering();
        boolean done = !action.unless().isEmpty()
                && conditions.missing(action.unless(), deadline).isEmpty();
        resuming = false;
        long askedMs = conditions.answering().minus(before).toMillis();
        return done ? new JobEvent.AlreadyDone(askedMs) : new JobEvent.Begin(now(), ProcessTable.bootId(), askedMs);
    }

    private JobEvent work(JobState.Working s) throws InterruptedException {
        Recipe.Action action = action(s.index());
        reporter.begin(s.index(), phase.actions().size(), title(s.index()));
        Work work = context.values().work(action.work());
        Task task = new Task(
                context, directory.action(s.index(), s.round()), deadline(s, s.since(), action), reporter::output);
        try {
            if (resuming && !actions.canResume(work, task, s.bootId().equals(ProcessTable.bootId()))) {
                return new JobEvent.Lost();
            }
            resuming = false;
            Done done = actions.perform(work, task);
            reporter.keep(done.output());
            return new JobEvent.WorkEnded(done.endedAt(), done.spentMs(), done.facts());
        } catch (ActionFailure e) {
            return failed(s, e.code(), e.message(), withEvidence(e.output(), actions.evidence(work)));
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e);
            }
            Code code = Space.isFull(e) ? Code.DISK_FULL : Code.IO_ERROR;
            return failed(s, code, String.valueOf(e), "");
        } finally {
            resuming = false;
        }
    }

    private static String withEvidence(String output, String evidence) {
        return evidence.isBlank() ? output : output.isBlank() ? evidence : output.stripTrailing() + "\n" + evidence;
    }

    /** The agent is going down, which breaks reading and writing: the action has not failed. */
    private static InterruptedException interrupted(IOException e) {
        InterruptedException interrupted = new InterruptedException(String.valueOf(e.getMessage()));
        interrupted.initCause(e);
        return interrupted;
    }

    private JobEvent prove(JobState.Proving s) throws InterruptedException {
        Recipe.Action action = action(s.index());
        if (action.until().isEmpty()) {
            return new JobEvent.Proven(s.ended());
        }
        Deadline deadline = deadline(s, s.since(), action);
        Instant reportAt = now().plus(REPORT_EVERY);
        while (true) {
            boolean last = deadline.passed();
            Deadline look = new Deadline(later(deadline.at(), now().plus(SHORTEST_LOOK)), context.clock());
            Optional<String> missing = conditions.missing(action.until(), look);
            if (missing.isEmpty()) {
                return new JobEvent.Proven(now());
            }
            if (last || deadline.passed()) {
                Duration waited = Duration.between(s.since(), now());
                String message = missing.get() + " (not so after " + seconds(waited) + ")";
                reporter.keep(actions.evidence(context.values().work(action.work())));
                return failed(s, Code.NOT_PROVEN, message, reporter.output());
            }
            if (now().isAfter(reportAt)) {
                reporter.output("waiting: " + missing.get() + "\n");
                reportAt = now().plus(REPORT_EVERY);
            }
            deadline.pause(action.every());
        }
    }

    private JobEvent failed(JobState state, Code code, String message, String output) {
        int index = state instanceof JobState.Asking s
                ? s.index()
                : state instanceof JobState.Working w ? w.index() : ((JobState.Proving) state).index();
        return new JobEvent.Fail(Verdict.failed(code, message, title(index), output));
    }

    private Deadline stepDeadline(JobState state) {
        return new Deadline(state.ledger().startedAt().plus(timeout), context.clock());
    }

    private Deadline deadline(JobState state, Instant since, Recipe.Action action) {
        return stepDeadline(state).orEarlier(since.plus(action.within()));
    }

    private Recipe.Action action(int index) {
        return phase.actions().get(index);
    }

    private String title(int index) {
        try {
            return context.values().text(action(index).title());
        } catch (IllegalArgumentException e) {
            return action(index).title();
        }
    }

    private Instant now() {
        return context.clock().instant();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static String seconds(Duration duration) {
        long ms = duration.toMillis();
        return ms >= 10_000 || ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}

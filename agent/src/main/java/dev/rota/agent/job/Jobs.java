package dev.rota.agent.job;

import dev.rota.agent.action.ActionFailure;
import dev.rota.agent.action.Actions;
import dev.rota.agent.action.ArtifactRef;
import dev.rota.agent.action.Context;
import dev.rota.agent.action.Places;
import dev.rota.agent.exec.RunAs;
import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.agent.step.JobState;
import dev.rota.agent.step.Ledger;
import dev.rota.agent.step.Outcome;
import dev.rota.agent.step.Verdict;
import dev.rota.contract.Recipe;
import dev.rota.contract.Values;
import dev.rota.wire.agent.v1.Prefetch;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All steps of this agent. An order is carried out at most once, however often it comes and whatever crashes: its directory is
 * there before its work begins, and its result stays until the coordinator has committed it.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    /** A node's turn is one step at a time; the rest is helping peers. */
    private static final int MAX_RUNNING = 16;

    private static final int MAX_OPEN = 64;
    private static final Duration RETRY_WRITE = Duration.ofSeconds(1);

    private final Contexts contexts;
    private final Terms terms;
    private final JobStore store;
    private final Admission admission;
    private final Actions actions = new Actions();
    private final Prefetcher prefetcher = new Prefetcher(actions);
    private final JobListener listener;
    private final Backups backups;
    /** Steps whose result is not acknowledged: running ones map to nothing yet. */
    private final Map<JobId, Optional<StepResult>> open = new TreeMap<>();

    private final Map<JobId, Thread> workers = new TreeMap<>();
    private boolean closed;

    /**
     * Opens the job directories below the data directory, with the default for how many backups are kept.
     *
     * @param keepJobs how many acknowledged steps to keep
     */
    public Jobs(Contexts contexts, Terms terms, int keepJobs, JobListener listener) throws IOException {
        this(contexts, terms, keepJobs, new Backups(contexts.places(), Backups.DEFAULT_KEEP), listener);
    }

    /**
     * Opens the job directories below the data directory.
     *
     * @param keepJobs how many acknowledged steps to keep
     */
    public Jobs(Contexts contexts, Terms terms, int keepJobs, Backups backups, JobListener listener)
            throws IOException {
        this.contexts = contexts;
        this.terms = terms;
        this.store = new JobStore(contexts.places().jobs(), keepJobs);
        this.admission = new Admission(contexts);
        this.listener = listener;
        this.backups = backups;
    }

    /** Goes on with every step that an earlier agent process left unfinished. */
    public synchronized void resume() throws IOException {
        store.prune();
        for (Map.Entry<JobId, JobDirectory> e : store.open().entrySet()) {
            JobDirectory directory = e.getValue();
            Optional<StepResult> result = directory.result();
            open.put(e.getKey(), result);
            if (result.isEmpty()) {
                LOG.info("going on with step {}", e.getKey());
                start(e.getKey(), directory);
            }
        }
    }

    /** Takes an order: begins it, or goes on with what is known of it, or refuses it. The listener hears the result. */
    public synchronized void run(RunStep order) {
        try {
            Optional<Verdict> refusal = accept(order);
            if (refusal.isPresent()) {
                LOG.warn(
                        "refused step {}: {}",
                        text(order.getId()),
                        refusal.get().message());
                listener.ended(Results.refused(
                        order.getId(), refusal.get(), contexts.clock().instant()));
            }
        } catch (IOException e) {
            LOG.error("cannot record step {}", text(order.getId()), e);
            Verdict verdict =
                    Verdict.refused(Code.IO_ERROR, "the agent cannot write its job directory: " + e.getMessage());
            listener.ended(
                    Results.refused(order.getId(), verdict, contexts.clock().instant()));
        }
    }

    /** Fetches an artifact that a step may need soon, unless steps are running. */
    public synchronized void prefetch(Prefetch order) throws IOException {
        if (closed || !workers.isEmpty() || !terms.admit(order.getTerm())) {
            return;
        }
        try {
            ArtifactRef artifact = Contexts.artifact(order.getArtifact());
            prefetcher.begin(artifact, contexts.prefetch(artifact));
        } catch (IllegalArgumentException e) {
            LOG.warn("asked to prefetch what is no artifact: {}", e.getMessage());
        }
    }

    private Optional<Verdict> accept(RunStep order) throws IOException {
        JobId id;
        try {
            id = JobId.of(order.getId());
        } catch (IllegalArgumentException e) {
            return Optional.of(Verdict.refused(Code.BAD_REQUEST, String.valueOf(e.getMessage())));
        }
        if (closed) {
            return Optional.of(Verdict.refused(Code.BUSY, "the agent is stopping"));
        }
        if (!terms.admit(order.getTerm())) {
            return Optional.of(Verdict.refused(
                    Code.STALE_TERM,
                    "term " + order.getTerm() + " is over: this agent has seen term " + terms.highest()));
        }
        JobDirectory directory = store.directory(id);
        if (directory.exists()) {
            directory.result().ifPresent(listener::ended);
            return Optional.empty();
        }
        Optional<Verdict> refusal = admission.refusal(id, order);
        if (refusal.isEmpty() && workers.size() >= MAX_RUNNING) {
            refusal = Optional.of(Verdict.refused(Code.BUSY, MAX_RUNNING + " steps are running already"));
        }
        if (refusal.isPresent()) {
            return refusal;
        }
        directory.create(order);
        open.put(id, Optional.empty());
        start(id, directory);
        return Optional.empty();
    }

    private void start(JobId id, JobDirectory directory) {
        Thread worker = new Thread(() -> work(id, directory), "step " + id);
        worker.setDaemon(true);
        workers.put(id, worker);
        worker.start();
    }

    private void work(JobId id, JobDirectory directory) {
        try {
            StepResult result = result(id, directory);
            record(directory, result);
            synchronized (this) {
                open.put(id, Optional.of(result));
            }
            LOG.info("step {}: {} {} {}", id, result.getOutcome(), result.getCode(), result.getMessage());
            listener.ended(result);
        } catch (InterruptedException e) {
            LOG.info("step {} goes on when the agent is back", id);
        } finally {
            synchronized (this) {
                workers.remove(id);
            }
        }
    }

    private StepResult result(JobId id, JobDirectory directory) throws InterruptedException {
        try {
            RunStep order = directory.order();
            JobState.Finished end = carryOut(id, directory, order);
            return Results.of(order.getId(), end, contexts.clock().instant());
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                // the agent is going down, which breaks reading and writing: the step has not failed
                throw new InterruptedException(e.toString());
            }
            LOG.error("step {} cannot go on", id, e);
            return ended(id, Code.IO_ERROR, "the agent cannot read or write the step's directory: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("step {} met a fault of the agent", id, e);
            return ended(id, Code.INTERNAL, "fault of the agent, see its log: " + e);
        }
    }

    private JobState.Finished carryOut(JobId id, JobDirectory directory, RunStep order)
            throws IOException, InterruptedException {
        Recipe recipe = contexts.recipe();
        Optional<Recipe.PhaseSpec> found = Contexts.phase(recipe, id, order);
        if (found.isEmpty() || !order.getRecipeDigest().equals(recipe.digest())) {
            Ledger ledger = Ledger.begin(contexts.clock().instant());
            String message = "the recipe was changed while the step was in progress; how far it got is unknown";
            return new JobState.Finished(Verdict.failed(Code.RECIPE_MISMATCH, message, "", ""), ledger);
        }
        Recipe.PhaseSpec phase = found.get();
        Context context = contexts.step(order);
        prefetcher.yieldTo(context.artifact());
        makeBackupDirectory(context, phase, contexts.backup(order));
        Duration timeout =
                order.getTimeoutMs() == 0 ? phase.within() : Duration.ofMillis(order.getTimeoutMs() & 0xffffffffL);
        JobReporter reporter = new JobReporter(id, listener);
        Map<String, String> restorable;
        try {
            restorable = backups.verified(order);
        } catch (ActionFailure e) {
            Verdict unfit = Verdict.failed(e.code(), e.message(), "read the backup back", "");
            return new JobState.Finished(unfit, Ledger.begin(contexts.clock().instant()));
        }
        JobState.Finished end = new JobRunner(directory, phase, context, actions, timeout, reporter).run();
        if (end.verdict().outcome() != Outcome.DONE) {
            return end;
        }
        backups.done(order, id.phase(), end.ledger().facts(), contexts.clock().instant());
        return new JobState.Finished(end.verdict(), end.ledger().withWork(0, restorable));
    }

    /** What this agent has saved. */
    public Backups backups() {
        return backups;
    }

    /** For the recipe's user, when the phase speaks of it (its text holds every template). */
    private static void makeBackupDirectory(Context context, Recipe.PhaseSpec phase, Path backup) throws IOException {
        if (phase.toString().contains("${" + Values.BACKUP_DIR + "}")) {
            Durable.directories(backup.resolveSibling(".").normalize(), Places.BACKUPS_OF_A_HOP);
            Durable.directories(backup);
            Optional<RunAs.Ids> owner = context.user().ids();
            if (owner.isPresent()) {
                Trees.chown(backup, owner.get().uid(), owner.get().gid());
            }
        }
    }

    private StepResult ended(JobId id, Code code, String message) {
        Ledger ledger = Ledger.begin(contexts.clock().instant());
        JobState.Finished end = new JobState.Finished(Verdict.failed(code, message, "", ""), ledger);
        return Results.of(id.wire(), end, contexts.clock().instant());
    }

    /** A result that is not on the disk is not told: after a crash the step would be run again. */
    private static void record(JobDirectory directory, StepResult result) throws InterruptedException {
        while (true) {
            try {
                directory.finish(result);
                return;
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the agent is going down");
                }
                LOG.error("cannot write the result of {}: {}; trying again", directory.path(), e.toString());
                Thread.sleep(RETRY_WRITE.toMillis());
            }
        }
    }

    /** The coordinator has committed a result; it is not sent again. */
    public synchronized void acknowledge(StepId wire) throws IOException {
        JobId id;
        try {
            id = JobId.of(wire);
        } catch (IllegalArgumentException e) {
            LOG.warn("acknowledgement of a step that is none: {}", e.getMessage());
            return;
        }
        Optional<StepResult> result = open.getOrDefault(id, Optional.empty());
        if (result.isPresent()) {
            store.directory(id).ack();
            open.remove(id);
            store.prune();
        }
    }

    /** Results that are not acknowledged yet. */
    public synchronized List<StepResult> unacknowledged() {
        return open.values().stream().flatMap(Optional::stream).toList();
    }

    /** Steps whose result is not acknowledged yet, running or ended; at most 64. */
    public synchronized List<StepId> open() {
        return open.keySet().stream().map(JobId::wire).limit(MAX_OPEN).toList();
    }

    /** Lets go of all running steps, without waiting for them: their commands go on, and so do they after a restart. */
    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            prefetcher.stop();
            running = new ArrayList<>(workers.values());
        }
        running.forEach(Thread::interrupt);
    }

    private static String text(StepId id) {
        return id.getRolloutId() + " " + id.getNode() + " " + id.getPhase() + " " + id.getAttempt();
    }
}

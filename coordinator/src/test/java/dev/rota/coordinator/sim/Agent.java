package dev.rota.coordinator.sim;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.rollout.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An agent: its memory of jobs survives a crash, and so do the commands it has started; results are sent until accepted. */
final class Agent {
    private static final long RESEND_MS = 5_000;
    private static final long GRACE_MS = 36_000;

    /** What the agent has on disk about a step. */
    private static final class Job {
        private final Effect.RunStep order;
        private final long startedMs;
        private Optional<StepReport> report = Optional.empty();
        private boolean commandStarted;
        private boolean accepted;
        private int toLose;

        private Job(Effect.RunStep order, long startedMs) {
            this.order = order;
            this.startedMs = startedMs;
        }
    }

    private final String node;
    private final World world;
    private final SortedMap<String, Job> jobs = new TreeMap<>();
    private boolean up = true;

    Agent(String node, World world) {
        this.node = node;
        this.world = world;
    }

    boolean up() {
        return up;
    }

    /** A command of the coordinator arrives. */
    void receive(Effect.RunStep order) {
        if (!up) {
            return;
        }
        Job known = jobs.get(order.key().toString());
        if (known != null && !world.planted(Plant.FORGETFUL_AGENT)) {
            send(known);
            return;
        }
        world.invariants().begins(order);
        Job job = new Job(order, world.schedule().nowMs());
        jobs.put(order.key().toString(), job);
        Fault fault = world.chaos().of(order.key());
        world.trace(() -> node + " begins " + order.key() + (fault == Fault.NONE ? "" : " " + fault));
        begin(job, fault);
    }

    private void begin(Job job, Fault fault) {
        long took = 200L + world.schedule().random(2_000);
        long within = job.order.within().toMillis();
        boolean never = fault == Fault.FAILS_BEFORE_EFFECT
                || fault == Fault.TIMES_OUT_BEFORE_EFFECT
                || fault == Fault.CLAIMS_EFFECT;
        switch (fault) {
            case AGENT_CRASHES_BEFORE_EFFECT -> later(took, () -> crash(2_000));
            case AGENT_GONE_BEFORE_EFFECT -> later(took, () -> crash(within + GRACE_MS));
            default -> {
                job.commandStarted = true;
                later(took, () -> command(job, fault, never, within - took));
            }
        }
    }

    private void command(Job job, Fault fault, boolean never, long leftMs) {
        String error = never ? "" : perform(job);
        StepReport done = error.isEmpty() ? report(job, Outcome.DONE, "") : report(job, Outcome.FAILED, error);
        switch (fault) {
            case FAILS_BEFORE_EFFECT, FAILS_AFTER_EFFECT -> finish(job, report(job, Outcome.FAILED, "exit 1"));
            case TIMES_OUT_BEFORE_EFFECT, TIMES_OUT_AFTER_EFFECT ->
                later(leftMs, () -> finish(job, report(job, Outcome.TIMED_OUT, "still running")));
            case AGENT_CRASHES_AFTER_EFFECT -> {
                crash(2_000);
                finish(job, done);
            }
            case AGENT_GONE_AFTER_EFFECT -> {
                crash(leftMs + GRACE_MS);
                finish(job, done);
            }
            case ANSWER_LOST -> {
                job.toLose = 2;
                finish(job, done);
            }
            case ANSWER_LATE -> later(leftMs + GRACE_MS, () -> finish(job, done));
            case ANSWER_DUPLICATED -> {
                finish(job, done);
                send(job);
                send(job);
            }
            default -> finish(job, done);
        }
    }

    private String perform(Job job) {
        Effect.RunStep o = job.order;
        String error = world.product().perform(o.key(), node, o.peer());
        world.trace(() -> node + " performs " + o.key() + " " + error);
        return error;
    }

    private void finish(Job job, StepReport report) {
        job.report = Optional.of(report);
        send(job);
    }

    /** Sends the result, and again until it is accepted. */
    private void send(Job job) {
        if (!up || job.report.isEmpty() || job.accepted) {
            return;
        }
        if (job.toLose > 0) {
            job.toLose--;
        } else {
            later(
                    5 + world.schedule().random(40),
                    () -> world.coordinator()
                            .reported(job.order.key(), job.report.orElseThrow(), () -> job.accepted = true));
        }
        later(RESEND_MS, () -> send(job));
    }

    private void crash(long forMs) {
        if (!up) {
            return;
        }
        world.trace(() -> node + " agent crashes for " + forMs);
        up = false;
        later(forMs, this::restart);
    }

    private void restart() {
        world.trace(() -> node + " agent restarts");
        up = true;
        List<Job> known = new ArrayList<>(jobs.values());
        known.forEach(this::resume);
        world.coordinator().connected(node);
    }

    private void resume(Job job) {
        if (job.report.isPresent()) {
            send(job);
        } else if (!job.commandStarted) {
            job.commandStarted = true;
            boolean overdue = world.schedule().nowMs() - job.startedMs
                    > job.order.within().toMillis() - 1_000;
            later(300, () -> {
                String error = overdue ? "" : perform(job);
                Outcome outcome = overdue ? Outcome.TIMED_OUT : error.isEmpty() ? Outcome.DONE : Outcome.FAILED;
                finish(job, report(job, outcome, overdue ? "the agent was gone" : error));
            });
        }
    }

    private static StepReport report(Job job, Outcome outcome, String message) {
        SortedMap<String, String> facts = new TreeMap<>();
        if (outcome == Outcome.DONE && job.order.key().phase() == Phase.BACKUP) {
            facts.put("backup.sha256", "b".repeat(64));
        }
        return new StepReport(outcome, "", message, "", "", 100, 50, 10, facts);
    }

    private void later(long ms, Runnable what) {
        world.schedule().in(Math.max(0, ms), what);
    }
}

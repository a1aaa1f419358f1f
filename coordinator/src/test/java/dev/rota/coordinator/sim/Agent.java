package dev.rota.coordinator.sim;

import dev.rota.contract.Values;
import dev.rota.coordinator.codec.StepCodec;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observe;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An agent: its memory of jobs and of the highest term survives a crash, and so do the commands it has started; results are sent
 * until acknowledged, orders of an older term refused.
 */
final class Agent {
    private static final int RESEND_MS = 3_000;
    static final int GRACE_MS = 36_000;

    /** What the agent has on disk about a step. */
    private static final class Job {
        private final StepKey key;
        private final RunStep order;
        private final long startedMs;
        private Optional<StepResult> result = Optional.empty();
        private boolean commandStarted;
        private boolean acknowledged;
        private boolean timed;
        private int toLose;

        private Job(StepKey key, RunStep order, long startedMs) {
            this.key = key;
            this.order = order;
            this.startedMs = startedMs;
        }

        private int within() {
            return order.getTimeoutMs();
        }
    }

    private final String node;
    private final World world;
    private final AgentLink link;
    private final SortedMap<String, Job> jobs = new TreeMap<>();
    private long highestTerm;
    private boolean up = true;

    Agent(String node, World world) {
        this.node = node;
        this.world = world;
        this.link = new AgentLink(world, this);
    }

    String node() {
        return node;
    }

    AgentLink link() {
        return link;
    }

    boolean up() {
        return up;
    }

    Hello hello() {
        return Hello.newBuilder()
                .setNode(node)
                .setRecipe(world.plan().product())
                .setRecipeDigest(world.plan().recipeDigest())
                .setHighestTerm(world.planted(Plant.NO_FENCING) ? 0 : highestTerm)
                .build();
    }

    /** Whether the term is not over. */
    boolean admit(long term) {
        if (term < highestTerm) {
            return world.planted(Plant.NO_FENCING);
        }
        highestTerm = term;
        return true;
    }

    /** A message of a coordinator arrives. */
    void receive(CoordinatorMessage message) {
        if (!up) {
            return;
        }
        switch (message.getBodyCase()) {
            case RUN_STEP -> order(message.getRunStep());
            case RESULT_ACK -> acknowledged(message.getResultAck().getId());
            case OBSERVE -> observe(message.getObserve());
            default -> throw new IllegalArgumentException(message.toString());
        }
    }

    private void observe(Observe ask) {
        later(1 + world.schedule().random(150), () -> {
            if (up) {
                toCoordinator(c -> c.host.coordinator()
                        .observation(
                                node,
                                Observations.toWire(
                                        ask.getRequestId(), world.product().observe(node))));
            }
        });
    }

    private void order(RunStep order) {
        StepKey key = StepCodec.key(order.getId());
        if (!admit(order.getTerm())) {
            world.trace(() -> node + " refuses " + key + " of term " + order.getTerm());
            refuse(key, "STALE_TERM");
            return;
        }
        Job known = jobs.get(key.toString());
        if (known != null) {
            known.result.ifPresent(r -> tell(known, r));
            return;
        }
        Fault fault = world.chaos().of(key);
        if (fault == Fault.REFUSED) {
            refuse(key, "DISK_FULL");
            return;
        }
        world.invariants().begins(key);
        Job job = new Job(key, order, world.schedule().nowMs());
        jobs.put(key.toString(), job);
        world.trace(() -> node + " begins " + key + (fault == Fault.NONE ? "" : " " + fault));
        begin(job, fault);
    }

    private void refuse(StepKey key, String code) {
        StepResult refusal = Results.of(key, StepOutcome.STEP_OUTCOME_REFUSED, "refused").toBuilder()
                .setCode(code)
                .build();
        toCoordinator(c -> c.host.coordinator().result(node, refusal));
    }

    private void begin(Job job, Fault fault) {
        int took = 200 + world.schedule().random(2_000);
        switch (fault) {
            case AGENT_CRASHES_BEFORE_EFFECT -> later(took, () -> crash(2_000));
            case AGENT_GONE_BEFORE_EFFECT -> later(took, () -> crash(job.within() + GRACE_MS));
            default -> {
                job.commandStarted = true;
                later(took, () -> command(job, fault, job.within() - took));
            }
        }
    }

    private void command(Job job, Fault fault, int leftMs) {
        boolean never = fault == Fault.FAILS_BEFORE_EFFECT
                || fault == Fault.TIMES_OUT_BEFORE_EFFECT
                || fault == Fault.CLAIMS_EFFECT
                || fault == Fault.HALF_DONE;
        String error = never ? "" : perform(job);
        StepResult done = Results.ended(job.key, error);
        switch (fault) {
            case HALF_DONE -> {
                world.product().halfJoin(job.key);
                finish(job, Results.of(job.key, StepOutcome.STEP_OUTCOME_FAILED, "exit 1"));
            }
            case FAILS_BEFORE_EFFECT, FAILS_AFTER_EFFECT ->
                finish(job, Results.of(job.key, StepOutcome.STEP_OUTCOME_FAILED, "exit 1"));
            case TIMES_OUT_BEFORE_EFFECT, TIMES_OUT_AFTER_EFFECT ->
                later(
                        leftMs,
                        () -> finish(job, Results.of(job.key, StepOutcome.STEP_OUTCOME_TIMED_OUT, "still running")));
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
            default -> finish(job, done);
        }
    }

    private String perform(Job job) {
        Optional<String> peer = Optional.ofNullable(job.order.getValuesMap().get(Values.PEER_NAME));
        String error = world.product().perform(job.key, node, peer, job.order.getUndo());
        world.trace(() -> node + " performs " + job.key + " " + error);
        return error;
    }

    private void finish(Job job, StepResult result) {
        job.result = Optional.of(result);
        send(job);
    }

    /** Sends all results that were not acknowledged. */
    void resendAll() {
        List.copyOf(jobs.values()).forEach(this::send);
    }

    /** Sends the result, and again until it is acknowledged. */
    private void send(Job job) {
        if (!up || job.result.isEmpty() || job.acknowledged) {
            return;
        }
        tell(job, job.result.get());
        if (job.toLose > 0) {
            job.toLose--;
            link.session().ifPresent(c -> c.breaks(0));
        }
        if (!job.timed) {
            job.timed = true;
            later(RESEND_MS, () -> {
                job.timed = false;
                send(job);
            });
        }
    }

    private void tell(Job job, StepResult result) {
        toCoordinator(c -> {
            c.host.coordinator().result(node, result);
            if (world.planted(Plant.ACKNOWLEDGES_EARLY)) {
                c.toAgent(() -> acknowledged(result.getId()));
            }
            if (world.chaos().of(job.key) == Fault.ANSWER_DUPLICATED && world.once(Fault.ANSWER_DUPLICATED, job.key)) {
                c.breaks(0);
            }
        });
    }

    private interface Arrival {
        void at(Connection c);
    }

    private void toCoordinator(Arrival arrival) {
        link.session().ifPresent(c -> c.toHost(() -> arrival.at(c)));
    }

    private void acknowledged(StepId id) {
        StepKey key = StepCodec.key(id);
        Job job = jobs.get(key.toString());
        if (job != null && job.result.isPresent() && !job.acknowledged) {
            job.acknowledged = true;
            world.promises()
                    .acknowledged(key, StepCodec.fromWire(job.result.get()).outcome());
        }
    }

    void crash(int forMs) {
        if (!up) {
            return;
        }
        world.trace(() -> node + " agent crashes for " + forMs);
        up = false;
        link.close();
        if (world.planted(Plant.FORGETFUL_AGENT)) {
            jobs.clear();
        }
        later(forMs, this::restart);
    }

    private void restart() {
        world.trace(() -> node + " agent restarts");
        up = true;
        new ArrayList<>(jobs.values()).forEach(this::resume);
        link.connect();
    }

    private void resume(Job job) {
        if (job.result.isEmpty() && !job.commandStarted) {
            job.commandStarted = true;
            boolean overdue = world.schedule().nowMs() - job.startedMs > job.within() - 1_000;
            later(300, () -> {
                StepResult end = overdue
                        ? Results.of(job.key, StepOutcome.STEP_OUTCOME_TIMED_OUT, "the agent was gone")
                        : Results.ended(job.key, perform(job));
                finish(job, end);
            });
        }
    }

    private void later(int ms, Runnable what) {
        world.schedule().in(Math.max(0, ms), what);
    }
}

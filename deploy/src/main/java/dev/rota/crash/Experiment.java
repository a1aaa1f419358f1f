package dev.rota.crash;

import com.google.gson.JsonObject;
import dev.rota.demo.Following;
import dev.rota.demo.Json;
import dev.rota.load.KeyValueLoad;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A few cells in one upgrade under load from one release to the other, each on another node: its step waits at the point until the
 * deed is done. What is found wrong afterwards counts against every one of them.
 */
final class Experiment {
    private static final List<String> RELEASES = List.of("1.0", "1.1");
    private static final KeyValueLoad.Settings LOAD = new KeyValueLoad.Settings(6, 60, Duration.ofMinutes(15));
    private static final int HOLDS_MAX = 8;
    private static final Duration COMMAND_WITHIN = Duration.ofMinutes(3);
    private static final long LOOK_EVERY_MS = 20;

    private final Rig rig;
    private final Acknowledged acknowledged;
    private final List<Trial> trials = new ArrayList<>();

    /**
     * Plans the cells, at most as many as there are nodes.
     *
     * @param seed decides what is left open
     */
    Experiment(Rig rig, Acknowledged acknowledged, List<Cell> cells, long seed) {
        this.rig = rig;
        this.acknowledged = acknowledged;
        List<String> nodes = rig.product().nodes();
        for (Cell cell : cells) {
            trials.add(Trial.of(cell, nodes.get(trials.size()), seed));
        }
    }

    /**
     * Carries it out.
     *
     * @return a result for each cell
     * @throws IOException when it came to no end; the rig is of no use any more
     */
    List<Result> run() throws IOException, InterruptedException {
        rig.awaitCalm();
        long begin = System.nanoTime();
        String to = target();
        rig.product().startLoad(LOAD);
        try (ServingMonitor monitor = new ServingMonitor(rig.product())) {
            for (Trial trial : trials) {
                rig.points().set(trial.cell().phase(), trial.node(), trial.point());
            }
            String plan = Json.text(
                    rig.rota().plan(to, "--stable", "0s", "--gate-every", "200ms", "--allow-downgrade"), "id");
            List<String> wrong = new ArrayList<>();
            upgrade(plan, wrong);
            JsonObject rollout = rig.rota().rollout();
            String id = Json.text(rollout, "id");
            acknowledged.rollout(trials.stream().map(Trial::cell).toList(), id, plan);
            Verdict verdict = new Verdict(rig, rollout, monitor);
            boolean touched = trials.stream().anyMatch(t -> t.cell().deed() == Deed.PRODUCT);
            wrong.addAll(verdict.judge(plan, to, touched));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            return trials.stream()
                    .map(t -> t.result(id, List.copyOf(wrong), millis, verdict.evidence()))
                    .toList();
        } finally {
            for (Trial trial : trials) {
                rig.points().release(trial.cell().phase(), trial.node(), trial.point());
            }
        }
    }

    /** The other one of the two releases. */
    private String target() throws InterruptedException {
        boolean old = rig.product().describeNodes().get(0).contains("\"" + RELEASES.get(0) + "\"");
        return RELEASES.get(old ? 1 : 0);
    }

    /** Applies the plan, does each deed when its point is reached, answers holds by a retry, and sees the end. */
    private void upgrade(String plan, List<String> wrong) throws IOException, InterruptedException {
        List<Trial> waiting = new ArrayList<>(trials);
        Trial last = waiting.get(0);
        int held = 0;
        Following following = Following.start(rig.rota(), "apply", plan, "--wait");
        long end = System.nanoTime() + COMMAND_WITHIN.toNanos();
        while (true) {
            for (Trial trial : List.copyOf(waiting)) {
                if (reached(trial)) {
                    waiting.remove(trial);
                    last = trial;
                    perform(trial);
                }
            }
            if (following.ended()) {
                if (!following.held()) {
                    break;
                }
                held++;
                following = goOn(last, held);
            }
            if (System.nanoTime() - end > 0) {
                throw new IOException("the rollout came to no end within " + COMMAND_WITHIN.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
        waiting.forEach(t -> wrong.add("the rollout never came to " + t.cell().phase() + " of " + t.node()));
    }

    private boolean reached(Trial trial) throws IOException {
        return rig.points()
                .reached(trial.cell().phase(), trial.node(), trial.point())
                .isPresent();
    }

    private void perform(Trial trial) throws IOException, InterruptedException {
        String phase = trial.cell().phase();
        String executor =
                rig.points().reached(phase, trial.node(), trial.point()).orElseThrow();
        new Deeds(rig)
                .perform(
                        trial.cell().deed(),
                        executor,
                        trial.node(),
                        rig.awaitComplete(),
                        trial.early(),
                        () -> rig.points().release(phase, trial.node(), trial.point()));
    }

    private Following goOn(Trial last, int held) throws IOException, InterruptedException {
        JsonObject hold = Json.object(rig.rota().rollout(), "hold");
        String code = Json.text(hold, "code");
        if (held > HOLDS_MAX) {
            throw new IOException("still held after " + HOLDS_MAX + " retries by " + code + " in "
                    + Json.text(hold, "phase") + " of " + Json.text(hold, "node") + ": " + Json.text(hold, "sentence"));
        }
        last.holds().add(code.isEmpty() ? "WITHOUT A CODE" : code);
        String cluster = rig.product().cluster();
        rig.rota().rota("rollouts", "retry", cluster).orThrow("rota rollouts retry");
        return Following.start(rig.rota(), "rollouts", "watch", cluster);
    }

    /** What is known of the cells when the experiment failed with that. */
    List<Result> failed(String why, long millis) {
        return trials.stream()
                .map(t -> t.result("", List.of(why), millis, Map.of()))
                .toList();
    }
}

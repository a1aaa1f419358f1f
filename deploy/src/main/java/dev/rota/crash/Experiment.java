package dev.rota.crash;

import com.google.gson.JsonObject;
import dev.rota.demo.Json;
import dev.rota.demo.LoadFigures;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.SampleProduct;
import dev.rota.load.KeyValueLoad;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One cell: an upgrade under load from one release to the other, the deed in its midst, and what is found afterwards. */
final class Experiment {
    private static final String NODE = "n2";
    private static final List<String> RELEASES = List.of("1.0", "1.1");
    private static final KeyValueLoad.Settings LOAD = new KeyValueLoad.Settings(6, 60, Duration.ofMinutes(15));
    private static final int HELD = 7;
    private static final int HOLDS_MAX = 5;
    private static final Duration REACHED_WITHIN = Duration.ofSeconds(90);
    private static final Duration COMMAND_WITHIN = Duration.ofSeconds(150);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MS = 20;

    private final Rig rig;
    private final Acknowledged acknowledged;
    private final Cell cell;
    private final String point;
    private final boolean early;
    private final List<String> holds = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Long> evidence = new LinkedHashMap<>();

    /** Plans the cell; the seed decides what is left open. */
    Experiment(Rig rig, Acknowledged acknowledged, Cell cell, long seed) {
        this.rig = rig;
        this.acknowledged = acknowledged;
        this.cell = cell;
        Random random = new Random(seed * 31 + cell.toString().hashCode());
        List<String> points = Matrix.points(cell);
        this.point = points.get(random.nextInt(points.size()));
        this.early = random.nextBoolean();
    }

    /**
     * Carries it out.
     *
     * @throws IOException when it came to no end; the rig is of no use any more
     */
    Result run() throws IOException, InterruptedException {
        String leader = rig.awaitCalm();
        long begin = System.nanoTime();
        SampleProduct product = rig.product();
        String to = target(product);
        product.startLoad(LOAD);
        try (ServingMonitor monitor = new ServingMonitor(product)) {
            rig.points().set(cell.phase(), NODE, point);
            String plan = Json.text(
                    rig.rota().plan(to, "--stable", "0s", "--gate-every", "200ms", "--allow-downgrade"), "id");
            upgrade(plan, leader);
            JsonObject rollout = rig.rota().rollout();
            acknowledged.rollout(cell, Json.text(rollout, "id"), plan);
            judge(rollout, plan, to, monitor);
            return new Result(
                    cell,
                    point + (early ? ", the step goes on meanwhile" : ", the step goes on afterwards"),
                    Json.text(rollout, "id"),
                    List.copyOf(holds),
                    List.copyOf(wrong),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                    Map.copyOf(evidence));
        } finally {
            rig.points().release(cell.phase(), NODE, point);
        }
    }

    private static String target(SampleProduct product) throws InterruptedException {
        boolean old = product.describeNodes().get(0).contains("\"" + RELEASES.get(0) + "\"");
        return RELEASES.get(old ? 1 : 0);
    }

    private void upgrade(String plan, String leader) throws IOException, InterruptedException {
        CompletableFuture<Outcome> applying = inBackground("apply", plan, "--wait");
        Optional<String> executor = awaitReached(applying);
        if (executor.isPresent()) {
            new Deeds(rig)
                    .perform(
                            cell.deed(),
                            executor.get(),
                            NODE,
                            leader,
                            early,
                            () -> rig.points().release(cell.phase(), NODE, point));
        } else {
            wrong.add("the rollout never came to " + cell.phase() + " of " + NODE);
        }
        int exit = end(applying);
        while (exit == HELD) {
            JsonObject hold = Json.object(rig.rota().rollout(), "hold");
            if (holds.size() == HOLDS_MAX) {
                throw new IOException("still held after " + HOLDS_MAX + " retries, now " + Json.text(hold, "code")
                        + ": " + Json.text(hold, "sentence"));
            }
            holds.add(Json.text(hold, "code"));
            Outcome retried = rig.rota().rota("rollouts", "retry", rig.product().cluster());
            if (retried.exit() != 0) {
                throw new IOException("rota rollouts retry ended with " + retried.exit() + ": " + retried.output());
            }
            exit = end(inBackground("rollouts", "watch", rig.product().cluster()));
        }
    }

    private CompletableFuture<Outcome> inBackground(String... words) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return rig.rota().rota(words);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
    }

    private static int end(CompletableFuture<Outcome> command) throws IOException, InterruptedException {
        try {
            Outcome outcome = command.get(COMMAND_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (outcome.exit() != 0 && outcome.exit() != HELD) {
                throw new IOException("rota ended with " + outcome.exit() + ": " + lastLines(outcome.output()));
            }
            return outcome.exit();
        } catch (TimeoutException e) {
            throw new IOException("the rollout came to no end within " + COMMAND_WITHIN.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("rota could not be run", e);
        }
    }

    private static String lastLines(String output) {
        List<String> lines = output.lines().toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    /** The node whose agent is at the point; nothing when the rollout stops before it comes there. */
    private Optional<String> awaitReached(CompletableFuture<Outcome> applying)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + REACHED_WITHIN.toNanos();
        Optional<String> executor = rig.points().reached(cell.phase(), NODE, point);
        while (executor.isEmpty() && !applying.isDone() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            executor = rig.points().reached(cell.phase(), NODE, point);
        }
        return executor;
    }

    /** What is still wrong with the cluster when it was given a moment. */
    private List<String> settled(String version) throws InterruptedException {
        long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
        List<String> still = rig.product().verify(version);
        while (!still.isEmpty() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            still = rig.product().verify(version);
        }
        return still;
    }

    private void judge(JsonObject rollout, String plan, String to, ServingMonitor monitor)
            throws IOException, InterruptedException {
        if (!Json.text(rollout, "state").equals("succeeded")) {
            wrong.add("the rollout is " + Json.text(rollout, "state"));
        }
        if (!Json.text(rollout, "planId").equals(plan)) {
            wrong.add("plan " + plan + " was applied, the newest rollout is of " + Json.text(rollout, "planId"));
        }
        LoadFigures load = rig.product().stopLoad();
        wrong.addAll(settled(to));
        monitor.close();
        if (monitor.worst().size() > 1) {
            wrong.add("out of service at once: " + monitor.worst());
        }
        if (load.lostWrites() > 0) {
            wrong.add(load.lostWrites() + " accepted writes are lost");
        }
        if (load.failedRequests() > 0 && cell.deed() != Deed.PRODUCT) {
            wrong.add(
                    load.failedRequests() + " requests failed: " + rig.product().reportExtras());
        }
        Evidence steps = new Evidence(rig, rollout);
        wrong.addAll(steps.judge());
        evidence.put("steps", steps.steps());
        evidence.put("actionsCounted", steps.runs());
        evidence.put("productOperations", steps.operations());
        evidence.put("looksAtTheBalancer", monitor.looks());
        evidence.put("mostNodesOut", (long) monitor.worst().size());
        evidence.put("requests", load.requests());
        evidence.put("failedRequests", load.failedRequests());
        evidence.put("lostWrites", load.lostWrites());
        evidence.put("longestGapMs", load.maxGapMs());
        evidence.put("acknowledged", 2L + holds.size());
    }
}

package dev.rota.crash;

import com.google.gson.JsonObject;
import dev.rota.demo.Json;
import dev.rota.demo.LoadFigures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Judges a rollout that has come to its end by what everybody else saw of it. */
final class Verdict {
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MS = 50;

    private final Rig rig;
    private final JsonObject rollout;
    private final ServingMonitor monitor;
    private final Map<String, Long> evidence = new LinkedHashMap<>();

    /** About a rollout, as {@code rota rollouts show --output json} prints it. */
    Verdict(Rig rig, JsonObject rollout, ServingMonitor monitor) {
        this.rig = rig;
        this.rollout = rollout;
        this.monitor = monitor;
    }

    /**
     * Stops the clients and looks at everything.
     *
     * @param plan the plan that was applied
     * @param to the version every node ought to run
     * @param touched whether the product was killed: then clients may have noticed
     * @return what must not be
     */
    List<String> judge(String plan, String to, boolean touched) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
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
        if (load.failedRequests() > 0 && !touched) {
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
        return wrong;
    }

    /** What was counted, by name; one object for each rollout. */
    Map<String, Long> evidence() {
        return Collections.unmodifiableMap(evidence);
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
}

package dev.rota.crash;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.rota.demo.Json;
import dev.rota.demo.SampleProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is left behind by the steps of one rollout: the lines each wrote when it ran, the job directories of all agents, and what the
 * product counted. Every step must have run as often as it was ordered, and no more.
 */
final class Evidence {
    private static final List<String> OPERATIONS = List.of("backup", "leave", "join");

    private final Rig rig;
    private final JsonObject rollout;
    private final Map<String, Integer> attempts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long steps;
    private long runs;
    private long operations;

    /** Evidence about a rollout, as {@code rota rollouts show --output json} prints it. */
    Evidence(Rig rig, JsonObject rollout) {
        this.rig = rig;
        this.rollout = rollout;
    }

    /** Looks at everything; what must not be. */
    List<String> judge() throws IOException {
        Map<String, String> ordered = ordered();
        steps = ordered.size();
        compare(ordered, jobDirectories());
        countRuns();
        countOperations();
        return List.copyOf(wrong);
    }

    /** Steps that were ordered. */
    long steps() {
        return steps;
    }

    /** Times a step's first or last action was carried out. */
    long runs() {
        return runs;
    }

    /** Operations the product was told to do. */
    long operations() {
        return operations;
    }

    /** {@code node.phase.attempt} of each step that was ordered, with the node whose agent has it. */
    private Map<String, String> ordered() {
        Map<String, String> ordered = new TreeMap<>();
        for (JsonElement n : Json.list(rollout, "nodes")) {
            String node = Json.text(n.getAsJsonObject(), "node");
            for (JsonElement s : Json.list(n.getAsJsonObject(), "steps")) {
                JsonObject step = s.getAsJsonObject();
                String phase = Json.text(step, "phase");
                int attempt = (int) Json.number(step, "attempt");
                attempts.merge(phase + "-" + node, attempt, Math::max);
                if (ordered.put(node + "." + phase + "." + attempt, Json.text(step, "executor")) != null) {
                    wrong.add(phase + " of " + node + ", attempt " + attempt + ", was ordered twice");
                }
            }
        }
        return ordered;
    }

    private Map<String, List<String>> jobDirectories() throws IOException {
        Map<String, List<String>> holders = new TreeMap<>();
        for (String node : rig.product().nodes()) {
            Path jobs = rig.rota().jobs(node).resolve(Json.text(rollout, "id"));
            if (Files.isDirectory(jobs)) {
                try (Stream<Path> list = Files.list(jobs)) {
                    list.forEach(
                            job -> holders.computeIfAbsent(String.valueOf(job.getFileName()), j -> new ArrayList<>())
                                    .add(node));
                }
            }
        }
        return holders;
    }

    private void compare(Map<String, String> ordered, Map<String, List<String>> found) {
        found.forEach((job, holders) -> {
            if (holders.size() > 1) {
                wrong.add("step " + job + " was carried out by the agents of " + holders);
            }
            if (!ordered.containsKey(job)) {
                wrong.add("step " + job + " was carried out by the agent of " + holders + " and is not in the rollout");
            }
        });
        ordered.forEach((job, executor) -> {
            if (!found.getOrDefault(job, List.of()).contains(executor)) {
                wrong.add("step " + job + " is in the rollout, but the agent of " + executor + " knows nothing of it");
            }
        });
    }

    private void countRuns() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : rig.points().runs(Json.text(rollout, "id"))) {
            counts.merge(line, 1, Integer::sum);
            runs++;
        }
        attempts.forEach((step, most) -> {
            for (String point : List.of(Points.BEGIN, Points.END)) {
                int count = counts.getOrDefault(step + "-" + point, 0);
                if (count < 1 || count > most) {
                    wrong.add("the " + point + " of " + step + " ran " + count + " times in " + most + " attempts");
                }
            }
        });
    }

    /** The product was told by a step, at most as often as the step was ordered, or not at all where that was already so. */
    private void countOperations() throws IOException {
        SampleProduct product = rig.product();
        String prefix = Json.text(rollout, "id") + ".";
        for (String node : product.nodes()) {
            for (String operation : OPERATIONS) {
                long count = product.askers(node, operation).stream()
                        .filter(by -> by.startsWith(prefix))
                        .count();
                operations += count;
                int most = attempts.getOrDefault(operation + "-" + node, 0);
                if (count > most) {
                    wrong.add(node + " was told to " + operation + " " + count + " times in " + most + " attempts");
                }
            }
        }
    }
}

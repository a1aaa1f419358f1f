package dev.rota.demo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of one run, and what was not as it should be. */
public final class Report {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();
    private static final String FULL_STOP = "full-stop";

    private final Map<String, Object> fields;
    private final List<String> wrong;

    private Report(Map<String, Object> fields, List<String> wrong) {
        this.fields = fields;
        this.wrong = wrong;
    }

    /**
     * Puts the figures together.
     *
     * @param rollout as {@code rota rollouts show --output json} prints it
     * @param load what the clients counted
     * @param extras what the product adds
     * @param wrong what the product found wrong afterwards
     */
    public static Report of(JsonObject rollout, LoadFigures load, Map<String, Object> extras, List<String> wrong) {
        String mode = Json.text(rollout, "mode");
        boolean fullStop = mode.equals(FULL_STOP);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("product", Json.text(rollout, "product"));
        fields.put("mode", mode);
        fields.put("reason", Json.text(Json.object(rollout, "reason"), "code"));
        fields.put("nodes", Json.list(rollout, "nodes").size());
        fields.put("from", Json.text(rollout, "from"));
        fields.put("to", Json.text(rollout, "to"));
        fields.put("state", Json.text(rollout, "state"));
        fields.put("rolledBack", rolledBack(rollout));
        fields.put("seconds", seconds(rollout));
        fields.put("requests", load.requests());
        fields.put("failedRequests", load.failedRequests());
        fields.put("lostWrites", load.lostWrites());
        fields.put("maxGapMs", load.maxGapMs());
        if (fullStop) {
            fields.put("downtimeMs", load.maxGapMs());
        }
        probe(rollout).ifPresent(p -> fields.put("probe", p));
        fields.put("phases", phases(rollout));
        fields.put("productMs", Json.number(rollout, "productMs"));
        fields.put("overheadMs", Json.number(rollout, "overheadMs"));
        fields.putAll(extras);
        List<String> all = new ArrayList<>(wrong);
        if (!fullStop && load.failedRequests() > 0) {
            all.add(load.failedRequests() + " requests failed");
        }
        if (load.lostWrites() > 0) {
            all.add(load.lostWrites() + " accepted writes were lost");
        }
        fields.put("wrong", all);
        return new Report(fields, all);
    }

    /** What was not as it should be; empty when everything was. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** One figure by its name in the file. */
    public Object figure(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the report has no " + name + ": " + fields.keySet());
        }
        return value;
    }

    /** Writes the file. */
    public void write(Path file) throws IOException {
        Files.writeString(file, GSON.toJson(fields) + "\n");
    }

    /** The figures in a few lines. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add("%s %s -> %s, %s (%s): %s in %s s on %s nodes"
                .formatted(
                        figure("product"),
                        figure("from"),
                        figure("to"),
                        figure("mode"),
                        figure("reason"),
                        figure("state"),
                        figure("seconds"),
                        figure("nodes")));
        lines.add("clients: %s requests, %s failed, %s accepted writes lost, longest gap %s ms"
                .formatted(figure("requests"), figure("failedRequests"), figure("lostWrites"), figure("maxGapMs")));
        if (fields.get("probe") instanceof Map<?, ?> p) {
            lines.add("outside probe: %s probes, %s failed, unavailable for %s ms, longest gap %s ms, known up to %s ms"
                    .formatted(
                            p.get("probes"),
                            p.get("failed"),
                            p.get("unavailableMs"),
                            p.get("longestGapMs"),
                            p.get("uncertaintyMs")));
        }
        lines.add("time: %s ms inside the product, %s ms all the rest"
                .formatted(figure("productMs"), figure("overheadMs")));
        wrong.forEach(line -> lines.add("wrong: " + line));
        return lines;
    }

    private static List<String> rolledBack(JsonObject rollout) {
        return Json.list(Json.object(rollout, "rollback"), "nodes").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** What the coordinator itself measured from outside the nodes. */
    private static Optional<Map<String, Object>> probe(JsonObject rollout) {
        JsonObject total = Json.object(Json.object(rollout, "probe"), "total");
        if (total.size() == 0) {
            return Optional.empty();
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        for (String name : List.of(
                "probes", "failed", "unavailableMs", "longestGapMs", "outages", "unwatchedMs", "uncertaintyMs")) {
            figures.put(name, Json.number(total, name));
        }
        return Optional.of(figures);
    }

    private static double seconds(JsonObject rollout) {
        String started = Json.text(rollout, "startedAt");
        String ended = Json.text(rollout, "endedAt");
        if (ended.isEmpty()) {
            // a rollout that is held has not ended, yet nothing happens in it since
            ended = Json.text(Json.object(rollout, "hold"), "since");
        }
        if (started.isEmpty() || ended.isEmpty()) {
            return 0;
        }
        return Duration.between(Instant.parse(started), Instant.parse(ended)).toMillis() / 1000.0;
    }

    /** For each phase the time each node took for it, in the order of the nodes; failed attempts count too. */
    private static Map<String, Map<String, List<Long>>> phases(JsonObject rollout) {
        Map<String, Map<String, Long>> byPhase = new LinkedHashMap<>();
        for (JsonElement node : Json.list(rollout, "nodes")) {
            String name = Json.text(node.getAsJsonObject(), "node");
            for (JsonElement step : Json.list(node.getAsJsonObject(), "steps")) {
                byPhase.computeIfAbsent(Json.text(step.getAsJsonObject(), "phase"), phase -> new LinkedHashMap<>())
                        .merge(name, Json.number(step.getAsJsonObject(), "tookMs"), Long::sum);
            }
        }
        Map<String, Map<String, List<Long>>> phases = new LinkedHashMap<>();
        byPhase.forEach((phase, times) -> phases.put(phase, Map.of("perNodeMs", List.copyOf(times.values()))));
        return phases;
    }
}

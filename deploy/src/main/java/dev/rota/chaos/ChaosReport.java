package dev.rota.chaos;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results for people, and as JSON. */
final class ChaosReport {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final List<Result> results;

    ChaosReport(List<Result> results) {
        this.results = List.copyOf(results);
    }

    /** A line for each hazard. */
    List<String> table() {
        int name = width(0);
        int outcome = width(1);
        return results.stream()
                .map(r -> ("%-" + name + "s  %-" + outcome + "s  %-8s  %-8s  %-8s  %5.1f s")
                        .formatted(
                                r.hazard().name(),
                                outcome(r),
                                word(r, r.servingThroughout(), "serving"),
                                word(r, r.dataComplete(), "data"),
                                word(r, r.finished(), "finished"),
                                r.millis() / 1000.0)
                        .stripTrailing())
                .toList();
    }

    private int width(int column) {
        return results.stream()
                .mapToInt(r -> (column == 0 ? r.hazard().name() : outcome(r)).length())
                .max()
                .orElse(1);
    }

    private static String outcome(Result r) {
        return r.outcome() + " " + r.code();
    }

    private static String word(Result r, boolean holds, String what) {
        return r.outcome().equals(Result.SKIPPED) ? "-" : holds ? what : "NOT";
    }

    /** What was wrong, a line for each thing. */
    List<String> wrong() {
        return results.stream()
                .flatMap(r -> r.wrong().stream().map(w -> r.hazard().name() + ": VIOLATED: " + w))
                .toList();
    }

    /** The sums in one line. */
    String totals(Duration wall) {
        return "%d cases: %d held by name, %d rolled back, all of these finished; %d violated, %d skipped; %d requests of clients; %d s"
                .formatted(
                        results.size(),
                        count(Result.HELD),
                        count(Result.ROLLED_BACK),
                        count(Result.VIOLATED),
                        count(Result.SKIPPED),
                        results.stream()
                                .mapToLong(r -> r.evidence().getOrDefault("requests", 0L))
                                .sum(),
                        wall.toSeconds());
    }

    /** Writes everything to a file. */
    void write(Path file, long seed, Duration wall) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("product", "ejabberd");
        fields.put("cases", results.size());
        fields.put("held", count(Result.HELD));
        fields.put("rolledBack", count(Result.ROLLED_BACK));
        fields.put("violated", count(Result.VIOLATED));
        fields.put("skipped", count(Result.SKIPPED));
        fields.put("seed", seed);
        fields.put("wallMs", wall.toMillis());
        fields.put("results", results.stream().map(Result::fields).toList());
        Files.writeString(file, GSON.toJson(fields) + "\n");
    }

    private long count(String outcome) {
        return results.stream().filter(r -> r.outcome().equals(outcome)).count();
    }
}

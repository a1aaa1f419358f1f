package dev.rota.crash;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The results as a table for people, and as JSON. */
final class MatrixView {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final int NARROWEST = 8;

    private final Map<Cell, Result> results = new LinkedHashMap<>();
    private final Optional<String> noCut;

    /** {@code noCut}: why coordinators cannot be cut off from each other on this machine. */
    MatrixView(Collection<Result> results, Optional<String> noCut) {
        results.forEach(result -> this.results.put(result.cell(), result));
        this.noCut = noCut;
    }

    /** Rows are phases, columns deeds. */
    List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("PHASE"));
        Arrays.stream(Deed.values()).map(Deed::label).forEach(head::add);
        rows.add(head);
        for (String phase : Matrix.PHASES) {
            List<String> row = new ArrayList<>(List.of(phase));
            for (Deed deed : Deed.values()) {
                row.add(Optional.ofNullable(results.get(new Cell(phase, deed)))
                        .map(Result::outcome)
                        .orElse(Matrix.senseless(new Cell(phase, deed)).isPresent() ? "-" : "."));
            }
            rows.add(row);
        }
        return aligned(rows);
    }

    private static List<String> aligned(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width =
                        rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
                line.append(row.get(column))
                        .append(" "
                                .repeat(Math.max(NARROWEST, width)
                                        - row.get(column).length()
                                        + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** What the words in the table mean. */
    List<String> legend() {
        List<String> lines = new ArrayList<>();
        for (Deed deed : Deed.values()) {
            lines.add("%-9s %s".formatted(deed.label(), deed.about()));
        }
        lines.add("ok        the upgrade went on by itself to its end");
        lines.add("held CODE it waited for a person, who retried; then it went on to its end");
        lines.add("-         the product does not run in that phase");
        lines.add(".         not tried"
                + noCut.map(why -> "; nothing was cut off: " + why).orElse(""));
        return lines;
    }

    /** What was wrong, a line for each thing. */
    List<String> wrong() {
        return results.values().stream()
                .flatMap(r -> r.wrong().stream().map(w -> r.cell() + ": VIOLATED: " + w))
                .toList();
    }

    /** The sums in one line. */
    String totals(Duration wall) {
        return "%d cells: %d ok, %d held and then ok, %d violated; %d steps, %d requests of clients, %d accepted writes lost; %d s"
                .formatted(
                        results.size(),
                        count(r -> r.outcome().equals("ok")),
                        count(r -> r.outcome().startsWith("held")),
                        count(r -> !r.wrong().isEmpty()),
                        sum("steps"),
                        sum("requests"),
                        sum("lostWrites"),
                        wall.toSeconds());
    }

    /** Writes everything to a file. */
    void write(Path file, long seed, Set<String> asked, Duration wall) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cells", results.size());
        fields.put("ok", count(r -> r.outcome().equals("ok")));
        fields.put("held", count(r -> r.outcome().startsWith("held")));
        fields.put("violated", count(r -> !r.wrong().isEmpty()));
        fields.put("lostWrites", sum("lostWrites"));
        fields.put("coordinatorsAsked", asked.size());
        fields.put("seed", seed);
        fields.put("wallMs", wall.toMillis());
        noCut.ifPresent(why -> fields.put("notCut", why));
        fields.put("matrix", results.values().stream().map(MatrixView::fields).toList());
        Files.writeString(file, GSON.toJson(fields) + "\n");
    }

    private static Map<String, Object> fields(Result result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("phase", result.cell().phase());
        fields.put("deed", result.cell().deed().label());
        fields.put("outcome", result.wrong().isEmpty() ? result.holds().isEmpty() ? "completed" : "held" : "violated");
        fields.put("holds", result.holds());
        fields.put("wrong", result.wrong());
        fields.put("point", result.point());
        fields.put("rollout", result.rollout());
        fields.put("ms", result.millis());
        fields.put("evidence", result.evidence());
        return fields;
    }

    private long count(Function<Result, Boolean> which) {
        return results.values().stream().filter(which::apply).count();
    }

    /** Cells of one rollout have one evidence. */
    private long sum(String name) {
        return results.values().stream()
                .map(Result::evidence)
                .distinct()
                .mapToLong(evidence -> evidence.getOrDefault(name, 0L))
                .sum();
    }
}

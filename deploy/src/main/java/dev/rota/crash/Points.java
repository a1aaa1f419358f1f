package dev.rota.crash;

import dev.rota.demo.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stops a step at a known point: a copy of a recipe in which every phase begins and ends with a command that says it was
 * reached and then waits while a file is there. Every run of such a command leaves a line behind, so that it can be counted.
 */
public final class Points {
    /** Before the phase's own actions. */
    public static final String BEGIN = "begin";
    /** After the phase's own actions. */
    public static final String END = "end";

    private static final Duration REACHED_WITHIN = Duration.ofSeconds(60);
    private static final Pattern SECTION = Pattern.compile("[a-z]");
    private static final Pattern PHASE = Pattern.compile("^  ([a-z]+):$");
    private static final String SCRIPT = """
            #!/bin/sh
            # hold.sh DIRECTORY KEY PLACE HOP: says by which node's agent it was reached, then waits while DIRECTORY/hold/KEY is there.
            echo "$4 $2" >>"$1/runs"
            echo "${3##*/}" >"$1/reached/.$2" && mv "$1/reached/.$2" "$1/reached/$2"
            while [ -e "$1/hold/$2" ]; do sleep 0.02; done
            """;

    private final Path directory;
    private final String place;

    /**
     * Writes the changed recipe of the sample product.
     *
     * @param repository has the recipe
     * @param directory where everything is written
     * @param change what else is changed in it
     */
    public Points(Path repository, Path directory, UnaryOperator<String> change) throws IOException {
        this(repository, directory, "sample", "${root}", change);
    }

    /**
     * Writes the changed recipe.
     *
     * @param repository has the recipe
     * @param directory where everything is written
     * @param product name of the recipe
     * @param place a value of the recipe whose last part tells the agents' nodes apart
     * @param change what else is changed in it
     */
    public Points(Path repository, Path directory, String product, String place, UnaryOperator<String> change)
            throws IOException {
        this.directory = directory;
        this.place = place;
        Files.createDirectories(directory.resolve("hold"));
        Files.createDirectories(directory.resolve("reached"));
        Path script = Files.writeString(directory.resolve("hold.sh"), SCRIPT);
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        Path builtIn = repository.resolve("proto/src/main/resources/dev/rota/recipes/" + product + ".yaml");
        Files.createDirectories(recipes());
        Files.writeString(recipes().resolve(product + ".yaml"), recipe(change.apply(Files.readString(builtIn))));
    }

    /** Directory with the changed recipe. */
    public Path recipes() {
        return directory.resolve("recipes");
    }

    /** The next time the point is reached, it waits there. */
    public void set(String phase, String node, String point) throws IOException {
        String key = key(phase, node, point);
        Files.deleteIfExists(directory.resolve("reached").resolve(key));
        Files.writeString(directory.resolve("hold").resolve(key), "");
    }

    /** What tells the node whose agent is at the point, once it is reached. */
    public Optional<String> reached(String phase, String node, String point) throws IOException {
        Path reached = directory.resolve("reached").resolve(key(phase, node, point));
        return Files.exists(reached) ? Optional.of(Files.readString(reached).strip()) : Optional.empty();
    }

    /** Waits until the point is reached; returns what tells the node whose agent is there. */
    public String awaitReached(String phase, String node, String point) throws IOException, InterruptedException {
        Until.holds(
                phase + " of " + node + ", " + point,
                REACHED_WITHIN,
                () -> reached(phase, node, point).isPresent());
        return reached(phase, node, point).orElseThrow();
    }

    /** Lets what waits at the point go on. */
    public void release(String phase, String node, String point) throws IOException {
        Files.deleteIfExists(directory.resolve("hold").resolve(key(phase, node, point)));
    }

    /** A line {@code PHASE-NODE-POINT} for each time a point was reached in a rollout. */
    public List<String> runs(String rollout) throws IOException {
        Path file = directory.resolve("runs");
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(rollout + "."))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    static String key(String phase, String node, String point) {
        return phase + "-" + node + "-" + point;
    }

    private String recipe(String builtIn) {
        List<String> lines = new ArrayList<>();
        Optional<String> phase = Optional.empty();
        boolean phases = false;
        for (String line : builtIn.lines().toList()) {
            if (SECTION.matcher(line).lookingAt()) {
                phase.ifPresent(ended -> lines.add(action(ended, END)));
                phase = Optional.empty();
                phases = line.equals("phases:");
            }
            Matcher next = PHASE.matcher(line);
            if (phases && next.matches()) {
                phase.ifPresent(ended -> lines.add(action(ended, END)));
                phase = Optional.of(next.group(1));
            }
            lines.add(line);
            if (phases && line.equals("    do:")) {
                lines.add(action(phase.orElseThrow(), BEGIN));
            }
        }
        phase.ifPresent(ended -> lines.add(action(ended, END)));
        return String.join("\n", lines) + "\n";
    }

    private String action(String phase, String point) {
        return "      - run: ['" + directory.resolve("hold.sh") + "', '" + directory + "', '"
                + key(phase, "${node.name}", point) + "', '" + place + "', '${hop.id}']";
    }
}

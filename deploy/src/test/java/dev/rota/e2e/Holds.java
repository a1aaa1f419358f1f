package dev.rota.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stops a step at a known point: a copy of the sample's recipe in which every phase begins and ends with a command that says it was
 * reached and then waits while a file is there. The deadlines a test has to wait for are short.
 */
final class Holds {
    private static final Duration REACHED_WITHIN = Duration.ofSeconds(60);
    private static final Pattern PHASE = Pattern.compile("^  ([a-z]+):$");
    private static final String SCRIPT = """
            #!/bin/sh
            # hold.sh DIRECTORY KEY ROOT: says by which node's agent it was reached, then waits while DIRECTORY/hold/KEY is there.
            echo "${3##*/}" >"$1/reached/.$2" && mv "$1/reached/.$2" "$1/reached/$2"
            while [ -e "$1/hold/$2" ]; do sleep 0.02; done
            """;

    private final Path directory;

    Holds(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("hold"));
        Files.createDirectories(directory.resolve("reached"));
        Path script = Files.writeString(directory.resolve("hold.sh"), SCRIPT);
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        Path recipes = Files.createDirectories(recipes());
        Files.writeString(recipes.resolve("sample.yaml"), recipe());
    }

    /** Directory with the changed recipe. */
    Path recipes() {
        return directory.resolve("recipes");
    }

    /** The next time the point is reached, it waits there. */
    void set(String phase, String node, String point) throws IOException {
        String key = key(phase, node, point);
        Files.deleteIfExists(directory.resolve("reached").resolve(key));
        Files.writeString(directory.resolve("hold").resolve(key), "");
    }

    /** Waits until the point is reached; returns the node whose agent is there. */
    String awaitReached(String phase, String node, String point) throws IOException {
        Path reached = directory.resolve("reached").resolve(key(phase, node, point));
        await(phase + " of " + node + ", " + point)
                .atMost(REACHED_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(reached));
        return Files.readString(reached).strip();
    }

    /** Lets what waits at the point go on. */
    void release(String phase, String node, String point) throws IOException {
        Files.deleteIfExists(directory.resolve("hold").resolve(key(phase, node, point)));
    }

    private static String key(String phase, String node, String point) {
        return phase + "-" + node + "-" + point;
    }

    private String recipe() throws IOException {
        List<String> lines = new ArrayList<>();
        Optional<String> phase = Optional.empty();
        for (String line :
                builtIn().replace("within: 20s", "within: 4s").lines().toList()) {
            Matcher next = PHASE.matcher(line);
            if (next.matches()) {
                phase.ifPresent(ended -> lines.add(action(ended, "end")));
                phase = Optional.of(next.group(1));
            }
            lines.add(line);
            if (line.equals("    do:")) {
                lines.add(action(phase.orElseThrow(), "begin"));
            }
        }
        lines.add(action(phase.orElseThrow(), "end"));
        return String.join("\n", lines) + "\n";
    }

    private String action(String phase, String point) {
        return "      - run: ['" + directory.resolve("hold.sh") + "', '" + directory + "', '"
                + key(phase, "${node.name}", point) + "', '${root}']";
    }

    private static String builtIn() throws IOException {
        try (InputStream in = Optional.ofNullable(Holds.class.getResourceAsStream("/dev/rota/recipes/sample.yaml"))
                .orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

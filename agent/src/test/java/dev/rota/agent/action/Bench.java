package dev.rota.agent.action;

import dev.rota.agent.TestRecipes;
import dev.rota.agent.exec.RunAs;
import dev.rota.contract.Condition;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries single actions out in a directory of the test. */
final class Bench {
    final Path root;
    final Context context;
    private final Actions actions = new Actions();
    private int next;

    Bench(Path root) {
        this(root, Optional.empty(), nowhere(), 0);
    }

    Bench(Path root, Optional<ArtifactRef> artifact, ArtifactSource source, long diskFloorBytes) {
        this.root = root;
        this.context = new Context(
                TestRecipes.withPhases("  stop: {do: [{run: [\"true\"]}]}\n"),
                new Expansion(Map.of("root", root.toString(), "node.name", "n1", "node.member", "m-n1")),
                RunAs.self(),
                new Places(root.resolve("data")),
                artifact,
                source,
                65_536,
                diskFloorBytes,
                Clock.systemUTC());
    }

    static ArtifactSource nowhere() {
        return (sha256, offset, limit, sink) -> {
            throw new ArtifactSource.UnavailableException("there is none");
        };
    }

    Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(30), Clock.systemUTC());
    }

    Task task(Duration within) {
        return new Task(context, root.resolve("a" + next++), Deadline.in(within, Clock.systemUTC()), text -> {});
    }

    Done perform(Work work) throws ActionFailure, IOException, InterruptedException {
        return perform(work, Duration.ofSeconds(30));
    }

    Done perform(Work work, Duration within) throws ActionFailure, IOException, InterruptedException {
        return actions.perform(context.values().work(work), task(within));
    }

    Conditions.Answer ask(Condition condition) throws InterruptedException {
        return new Conditions(context).ask(context.values().condition(condition), deadline());
    }

    Path file(String name, String content) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.resolveSibling(""));
        return Files.writeString(path, content);
    }

    static Work.Run run(String... command) {
        return new Work.Run(
                List.of(command), Map.of(), Optional.empty(), Optional.empty(), List.of(0), List.of(), List.of());
    }

    static Work.Http get(String url) {
        return http("GET", url);
    }

    static Work.Http http(String method, String url) {
        return new Work.Http(method, url, Optional.empty(), Map.of(), List.of(), List.of(), List.of());
    }
}

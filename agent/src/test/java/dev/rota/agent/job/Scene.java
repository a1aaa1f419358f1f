package dev.rota.agent.job;

import dev.rota.agent.TestRecipes;
import dev.rota.agent.action.ArtifactSource;
import dev.rota.agent.action.Places;
import dev.rota.agent.exec.RunAs;
import dev.rota.contract.Recipe;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepProgress;
import dev.rota.wire.agent.v1.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An agent's jobs in a directory of the test, without a coordinator. */
final class Scene implements JobListener, AutoCloseable {
    static final StepId ID = StepId.newBuilder()
            .setRolloutId("r1")
            .setNode("n1")
            .setPhase("stop")
            .setAttempt(1)
            .build();

    final Path root;
    final Recipe recipe;
    final List<StepResult> results = new CopyOnWriteArrayList<>();
    final List<StepProgress> progress = new CopyOnWriteArrayList<>();
    ArtifactSource source = (sha256, offset, limit, sink) -> {
        throw new ArtifactSource.UnavailableException("there is none");
    };
    private Optional<Jobs> jobs = Optional.empty();

    private Scene(Path root, Recipe recipe) {
        this.root = root;
        this.recipe = recipe;
    }

    /** A recipe with these actions (YAML, one on each line) in the phase {@code stop}. */
    Scene(Path root, String actions) {
        this(root, TestRecipes.withPhases(phase("stop", actions)));
    }

    /** A recipe with actions in the phases {@code stop} and {@code stage}. */
    Scene(Path root, String stop, String stage) {
        this(root, TestRecipes.withPhases(phase("stage", stage) + phase("stop", stop)));
    }

    /** A recipe with actions in the phase {@code check}, those that undo it, and the same in {@code stop} without any. */
    static Scene undone(Path root, String actions, String undo) {
        String check = phase("check", actions) + "    undo:\n" + undo.indent(6);
        return new Scene(root, TestRecipes.withPhases(check + phase("stop", actions)));
    }

    private static String phase(String name, String actions) {
        return "  " + name + ":\n    within: 60s\n    do:\n" + actions.indent(6);
    }

    Path jobPath() {
        return root.resolve("data/jobs/r1/n1.stop.1");
    }

    RunStep order() {
        return order(ID.getPhase());
    }

    RunStep order(String phase) {
        return RunStep.newBuilder()
                .setId(ID.toBuilder().setPhase(phase))
                .setTerm(1)
                .setRecipe(recipe.name())
                .setRecipeDigest(recipe.digest())
                .putValues("node.name", "n1")
                .putValues("node.member", "m-n1")
                .setTimeoutMs(60_000)
                .build();
    }

    /** Starts an agent process, so to speak. */
    Jobs jobs() throws IOException {
        Path data = Files.createDirectories(root.resolve("data"));
        Contexts contexts = new Contexts(
                "n1",
                recipe,
                Map.of("root", root.toString()),
                RunAs.self(),
                new Places(data),
                source,
                1024 * 1024,
                0,
                Clock.systemUTC());
        Jobs opened = new Jobs(contexts, new Terms(data), 10, this);
        jobs = Optional.of(opened);
        return opened;
    }

    List<String> lines(String file) throws IOException {
        Path path = root.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    @Override
    public void ended(StepResult result) {
        results.add(result);
    }

    @Override
    public void progress(StepProgress message) {
        progress.add(message);
    }

    @Override
    public void close() {
        jobs.ifPresent(Jobs::close);
    }
}

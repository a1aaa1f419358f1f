package dev.rota.agent.job;

import dev.rota.agent.action.ActionFailure;
import dev.rota.agent.action.ArtifactSource;
import dev.rota.agent.action.Places;
import dev.rota.agent.file.Digests;
import dev.rota.agent.file.Trees;
import dev.rota.contract.Recipe;
import dev.rota.contract.RecipeLoader;
import dev.rota.wire.agent.v1.Artifact;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepProgress;
import dev.rota.wire.agent.v1.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tries on this host what steps are made of, in a directory below the agent's data that is deleted afterwards: better here than in
 * the middle of an upgrade. It also has the JVM load and compile what the first real step will need.
 */
public final class SelfTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int DIRECTORIES = 8;
    private static final int FILES = 32;
    private static final String ROLLOUT = "selftest";

    private final Contexts contexts;
    private final Path root;
    private final BlockingQueue<StepResult> results = new ArrayBlockingQueue<>(4);

    private SelfTest(Contexts contexts, Path root) {
        this.contexts = contexts;
        this.root = root;
    }

    /**
     * Runs the test; at most a few seconds on a host that is well.
     *
     * @param real the contexts of real steps: the test has their user, data directory and limits
     * @return what does not work, or nothing
     */
    public static Optional<String> run(Contexts real) throws InterruptedException {
        Path root = real.places()
                .data()
                .resolve("selftest-" + ProcessHandle.current().pid());
        try {
            try {
                Trees.delete(root);
                return new SelfTest(contexts(real, root), root).steps();
            } finally {
                Trees.delete(root);
            }
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private static Contexts contexts(Contexts real, Path root) throws IOException {
        Recipe recipe;
        try (InputStream in = SelfTest.class.getResourceAsStream("selftest.yaml")) {
            if (in == null) {
                throw new IOException("selftest.yaml is missing from this installation");
            }
            recipe = RecipeLoader.load(new String(in.readAllBytes(), StandardCharsets.UTF_8), "selftest.yaml");
        }
        return new Contexts(
                real.node(),
                recipe,
                Map.of("root", root.resolve("root").toString()),
                real.user(),
                new Places(root.resolve("data")),
                (sha256, offset, limit, sink) -> send(root.resolve("root/plain.tar.gz"), offset, sink),
                real.outputBytes(),
                real.diskFloorBytes(),
                real.clock());
    }

    private static void send(Path file, long offset, ArtifactSource.Sink sink) throws IOException, ActionFailure {
        byte[] bytes = Files.readAllBytes(file);
        sink.accept(ByteBuffer.wrap(bytes, (int) offset, bytes.length - (int) offset));
    }

    private Optional<String> steps() throws IOException, InterruptedException {
        makeFiles();
        JobListener listener = new JobListener() {
            @Override
            public void ended(StepResult result) {
                results.add(result);
            }

            @Override
            public void progress(StepProgress progress) {}
        };
        try (Jobs jobs = new Jobs(contexts, new Terms(contexts.places().data()), 1, listener)) {
            jobs.run(order("backup").build());
            Optional<String> failure = failure();
            if (failure.isPresent()) {
                return failure;
            }
            Path archive = root.resolve("root/plain.tar.gz");
            jobs.run(order("stage")
                    .setArtifact(Artifact.newBuilder()
                            .setSha256(Digests.of(archive))
                            .setSizeBytes(Files.size(archive))
                            .setFileName("plain.tar.gz"))
                    .build());
            return failure();
        }
    }

    private void makeFiles() throws IOException {
        Files.createDirectory(root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        Files.createDirectories(contexts.places().data());
        for (int d = 0; d < DIRECTORIES; d++) {
            Path directory = Files.createDirectories(root.resolve("root/plain/" + d));
            for (int f = 0; f < FILES; f++) {
                Files.writeString(directory.resolve(Integer.toString(f)), "file " + f + " of the agent's own test\n");
            }
        }
    }

    private RunStep.Builder order(String phase) {
        return RunStep.newBuilder()
                .setId(StepId.newBuilder()
                        .setRolloutId(ROLLOUT)
                        .setNode(contexts.node())
                        .setPhase(phase)
                        .setAttempt(1))
                .setTerm(1)
                .setRecipe(contexts.recipe().name())
                .setRecipeDigest(contexts.recipe().digest());
    }

    private Optional<String> failure() throws InterruptedException {
        StepResult result = results.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (result == null) {
            return Optional.of("it did not end within " + LIMIT.toMinutes() + " minutes");
        }
        if (result.getOutcome() == StepOutcome.STEP_OUTCOME_DONE) {
            return Optional.empty();
        }
        String action = result.getFailedAction().isEmpty() ? "" : result.getFailedAction() + ": ";
        return Optional.of(action + result.getCode() + ": " + result.getMessage());
    }
}

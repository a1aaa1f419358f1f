package dev.rota.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rota.agent.TestRecipes;
import dev.rota.agent.action.Observer;
import dev.rota.agent.action.Places;
import dev.rota.agent.exec.RunAs;
import dev.rota.agent.job.Contexts;
import dev.rota.agent.job.Jobs;
import dev.rota.agent.job.Terms;
import dev.rota.contract.Recipe;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.Artifact;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.Observe;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wire contract of {@code agent.proto}, seen from the coordinator. */
class LinkContractTest {
    private static final String PHASES = """
              stage:
                do:
                  - fetch: artifact
              stop:
                do:
                  - run: [sh, -c, 'echo once >> "$ROOT/count"; echo stopped']
              start:
                do:
                  - run: [sh, -c, 'echo waiting; while [ ! -e "$ROOT/go" ]; do sleep 0.02; done; echo once >> "$ROOT/count"']
            """;

    @TempDir
    Path dir;

    private final String name = UUID.randomUUID().toString();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Recipe recipe = TestRecipes.withPhases(PHASES);
    private final FakeCoordinator coordinator;

    LinkContractTest() throws IOException {
        coordinator = new FakeCoordinator(name + ":1");
    }

    @BeforeEach
    void startAgent() throws IOException {
        Files.writeString(dir.resolve("version"), "1.2\n");
        Files.writeString(dir.resolve("members"), "m-n1\nm-n2\n");
        Files.writeString(dir.resolve("replicas"), "table 3\n");
        agent(List.of(name + ":1"));
    }

    private void agent(List<String> coordinators) throws IOException {
        Path data = dir.resolve("data");
        Terms terms = new Terms(Files.createDirectories(data));
        Identity identity = new Identity("n1", "1", recipe.name(), recipe.digest(), "boot", "one");
        CoordinatorLink link = new CoordinatorLink(
                identity,
                coordinators,
                (target, executor) -> InProcessChannelBuilder.forName(target)
                        .executor(executor)
                        .build(),
                terms,
                Executors.newSingleThreadScheduledExecutor(),
                new SplittableRandom(1));
        Contexts contexts = new Contexts(
                "n1",
                recipe,
                Map.of("root", dir.toString()),
                RunAs.self(),
                new Places(data),
                link.artifacts(),
                1024 * 1024,
                0,
                Clock.systemUTC());
        Jobs jobs = new Jobs(contexts, terms, 10, link);
        jobs.resume();
        link.start(jobs, new Observer(contexts.observation(), pool), pool, Clock.systemUTC());
        open.add(link);
        open.add(jobs);
    }

    private void stopAgent() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        open.clear();
    }

    @AfterEach
    void stop() throws Exception {
        stopAgent();
        coordinator.close();
        pool.shutdownNow();
    }

    private static StepId id(String phase, int attempt) {
        return StepId.newBuilder()
                .setRolloutId("r1")
                .setNode("n1")
                .setPhase(phase)
                .setAttempt(attempt)
                .build();
    }

    private RunStep.Builder step(StepId id) {
        return RunStep.newBuilder()
                .setId(id)
                .setTerm(1)
                .setRecipe(recipe.name())
                .setRecipeDigest(recipe.digest())
                .setTimeoutMs(30_000);
    }

    private List<String> count() throws IOException {
        return Files.readAllLines(dir.resolve("count"));
    }

    @Test
    void saysHelloFirstAndObservesAfterWelcome() {
        await().until(() -> coordinator.count(AgentMessage::hasObservation) > 0);
        Hello hello = coordinator.received.get(0).getHello();
        assertThat(hello.getNode()).isEqualTo("n1");
        assertThat(hello.getRecipeDigest()).isEqualTo(recipe.digest());
        assertThat(hello.getOpenStepsList()).isEmpty();
        assertThat(hello.getBootId()).isEqualTo("boot");
        Observation seen = coordinator.received.stream()
                .filter(AgentMessage::hasObservation)
                .findFirst()
                .orElseThrow()
                .getObservation();
        assertThat(seen.getRequestId()).isZero();
        assertThat(seen.getMember()).isEqualTo("m-n1");
        assertThat(seen.getRunningVersion()).isEqualTo("1.2");
        assertThat(seen.getMembersList()).containsExactly("m-n1", "m-n2");
        assertThat(seen.getMembersKnown()).isTrue();
        assertThat(seen.getReplicasKnown()).isFalse();
        assertThat(seen.getHealthy()).isFalse();
        assertThat(seen.getUnhealthyReason()).contains("healthy exists: it is not there");
        assertThat(seen.getDiskFreeBytes()).isPositive();
    }

    @Test
    void answersObserveWhileAStepRuns() throws IOException {
        StepId id = id("start", 1);
        coordinator.order(step(id).build());
        await().until(() -> Files.exists(dir.resolve("data/jobs/r1/n1.start.1/a0/pid")));
        coordinator.send(CoordinatorMessage.newBuilder()
                .setObserve(Observe.newBuilder().setRequestId(77).setReplicas(true))
                .build());
        await().until(() ->
                coordinator.count(m -> m.hasObservation() && m.getObservation().getRequestId() == 77) == 1);
        assertThat(coordinator.results(id)).isEmpty();
        Observation seen = coordinator.received.stream()
                .filter(m -> m.hasObservation() && m.getObservation().getRequestId() == 77)
                .findFirst()
                .orElseThrow()
                .getObservation();
        assertThat(seen.getReplicasMap()).containsEntry("table", "3");
        Files.createFile(dir.resolve("go"));
        assertThat(coordinator.awaitResult(id).getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
    }

    @Test
    void carriesAStepOutAndShowsWhatItDoes() throws IOException {
        StepId id = id("stop", 1);
        coordinator.order(step(id).build());
        StepResult result = coordinator.awaitResult(id);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
        assertThat(result.getOutputTail()).contains("stopped");
        assertThat(result.getCode()).isEmpty();
        assertThat(count()).containsExactly("once");
        assertThat(coordinator.count(m -> m.hasProgress() && m.getProgress().getActionCount() == 1))
                .isPositive();
    }

    @Test
    void sendsAResultAgainUntilItIsAcknowledged() {
        StepId id = id("stop", 1);
        coordinator.order(step(id).build());
        coordinator.awaitResult(id);
        int before = coordinator.results(id).size();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> coordinator.results(id).size() > before);
        coordinator.acknowledge(id);
        await().until(() -> Files.exists(dir.resolve("data/jobs/r1/n1.stop.1/acked")));
    }

    @Test
    void sendsAResultAgainAfterReconnect() {
        StepId id = id("stop", 1);
        coordinator.order(step(id).build());
        coordinator.awaitResult(id);
        coordinator.received.clear();
        coordinator.drop();
        coordinator.awaitResult(id);
        Hello hello = coordinator.received.get(0).getHello();
        assertThat(hello.getOpenStepsList()).containsExactly(id);
        coordinator.acknowledge(id);
        await().until(() -> Files.exists(dir.resolve("data/jobs/r1/n1.stop.1/acked")));
        coordinator.received.clear();
        coordinator.drop();
        await().until(() -> coordinator.count(AgentMessage::hasObservation) > 0);
        assertThat(coordinator.results(id)).isEmpty();
        assertThat(coordinator.received.get(0).getHello().getOpenStepsList()).isEmpty();
    }

    @Test
    void runsADuplicateOrderOnce() throws IOException {
        StepId id = id("start", 1);
        for (int i = 0; i < 5; i++) {
            coordinator.order(step(id).build());
        }
        coordinator.drop();
        coordinator.order(step(id).build());
        Files.createFile(dir.resolve("go"));
        coordinator.awaitResult(id);
        int results = coordinator.results(id).size();
        coordinator.order(step(id).build());
        await().until(() -> coordinator.results(id).size() > results);
        assertThat(count()).containsExactly("once");
    }

    @Test
    void refusesAnOverriddenTermAlsoAfterARestart() throws Exception {
        StepId id = id("stop", 1);
        coordinator.order(step(id).setTerm(7).build());
        assertThat(coordinator.awaitResult(id).getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
        StepId stale = id("stop", 2);
        coordinator.order(step(stale).setTerm(6).build());
        StepResult result = coordinator.awaitResult(stale);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_REFUSED);
        assertThat(result.getCode()).isEqualTo("STALE_TERM");
        assertThat(result.getMessage()).contains("6").contains("7");
        stopAgent();
        coordinator.received.clear();
        coordinator.term = 7;
        agent(List.of(name + ":1"));
        await().until(() -> !coordinator.received.isEmpty());
        assertThat(coordinator.received.get(0).getHello().getHighestTerm()).isEqualTo(7);
        coordinator.awaitConnected();
        coordinator.order(step(id("stop", 3)).setTerm(6).build());
        assertThat(coordinator.awaitResult(id("stop", 3)).getCode()).isEqualTo("STALE_TERM");
        assertThat(count()).containsExactly("once");
    }

    @Test
    void leavesACoordinatorOfAnOverriddenTerm() throws Exception {
        StepId id = id("stop", 1);
        coordinator.order(step(id).setTerm(7).build());
        coordinator.awaitResult(id);
        coordinator.received.clear();
        coordinator.drop();
        await().until(() -> coordinator.count(AgentMessage::hasHello) >= 2);
        assertThat(coordinator.results(id)).isEmpty();
    }

    @Test
    void refusesAnotherRecipeAndAMissingValue() {
        StepId other = id("stop", 1);
        coordinator.order(step(other).setRecipeDigest("0".repeat(64)).build());
        assertThat(coordinator.awaitResult(other).getCode()).isEqualTo("RECIPE_MISMATCH");
        StepId none = id("drain", 1);
        coordinator.order(step(none).build());
        assertThat(coordinator.awaitResult(none).getCode()).isEqualTo("NO_PHASE");
        StepId evil = id("stop", 1).toBuilder().setRolloutId("../x").build();
        coordinator.order(step(evil).build());
        assertThat(coordinator.awaitResult(evil).getCode()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void fetchesAnArtifactAndResumesIt() throws Exception {
        byte[] content = "0123456789".repeat(1000).getBytes(StandardCharsets.UTF_8);
        String digest = sha256(content);
        coordinator.artifacts.put(digest, content);
        coordinator.breakAfterBytes = 4000;
        StepId id = id("stage", 1);
        coordinator.order(step(id).setArtifact(Artifact.newBuilder()
                        .setSha256(digest)
                        .setSizeBytes(content.length)
                        .setFileName("shop-1.2.tar.gz"))
                .build());
        assertThat(coordinator.awaitResult(id).getMessage()).isEmpty();
        assertThat(dir.resolve("data/artifacts/" + digest + "/shop-1.2.tar.gz")).hasBinaryContent(content);
        assertThat(coordinator.fetches.stream().map(f -> f.getOffset()).toList())
                .containsExactly(0L, 4000L);
    }

    @Test
    void refusesAnArtifactThatIsNotTheOneNamed() throws Exception {
        byte[] content = "not what was meant".getBytes(StandardCharsets.UTF_8);
        String digest = sha256("what was meant".getBytes(StandardCharsets.UTF_8));
        coordinator.artifacts.put(digest, content);
        StepId id = id("stage", 1);
        coordinator.order(step(id).setArtifact(Artifact.newBuilder()
                        .setSha256(digest)
                        .setSizeBytes(content.length)
                        .setFileName("shop.tar.gz"))
                .build());
        StepResult result = coordinator.awaitResult(id);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_FAILED);
        assertThat(result.getCode()).isEqualTo("DIGEST_MISMATCH");
        assertThat(result.getFailedAction()).isEqualTo("fetch artifact");
        assertThat(dir.resolve("data/artifacts/" + digest + ".part")).doesNotExist();
    }

    @Test
    void saysWhenTheCoordinatorDoesNotHaveTheArtifact() {
        StepId id = id("stage", 1);
        coordinator.order(step(id).setArtifact(Artifact.newBuilder()
                        .setSha256("a".repeat(64))
                        .setSizeBytes(10)
                        .setFileName("shop.tar.gz"))
                .build());
        assertThat(coordinator.awaitResult(id).getCode()).isEqualTo("NO_ARTIFACT");
    }

    @Test
    void goesToTheLeaderItIsSentTo() throws Exception {
        stopAgent();
        coordinator.leaderElsewhere = java.util.Optional.of(name + ":3");
        try (FakeCoordinator third = new FakeCoordinator(name + ":3")) {
            agent(List.of(name + ":1", name + ":2", name + ":3"));
            await().until(() -> third.count(AgentMessage::hasObservation) > 0);
        }
    }

    @Test
    void goesToALeaderThatIsNotInItsList() throws Exception {
        stopAgent();
        coordinator.leaderElsewhere = java.util.Optional.of(name + ":3");
        try (FakeCoordinator third = new FakeCoordinator(name + ":3")) {
            agent(List.of(name + ":1"));
            await().until(() -> third.count(AgentMessage::hasObservation) > 0);
        }
    }

    @Test
    void comesBackWhenTheLeaderItWasSentToIsNotThere() throws Exception {
        stopAgent();
        coordinator.leaderElsewhere = java.util.Optional.of(name + ":3");
        coordinator.received.clear();
        agent(List.of(name + ":1"));
        await().until(() -> coordinator.count(AgentMessage::hasHello) >= 2);
        coordinator.leaderElsewhere = java.util.Optional.empty();
        await().until(() -> coordinator.count(AgentMessage::hasObservation) > 0);
    }

    @Test
    void leavesACoordinatorThatAnswersNoHeartbeat() {
        await().until(() -> coordinator.count(AgentMessage::hasHeartbeat) > 0);
        await().atMost(Duration.ofSeconds(20)).until(() -> coordinator.count(AgentMessage::hasHello) >= 2);
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}

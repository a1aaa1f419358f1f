package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rota.contract.Digest;
import dev.rota.contract.Phase;
import dev.rota.contract.RecipeLoader;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.codec.StepCodec;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.plan.PlanRequest;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.coordinator.port.ArtifactSpread;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.JournalFullException;
import dev.rota.coordinator.port.StepLogs;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop with a journal in memory and agents that answer at once. */
final class CoordinatorTest {
    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final String ARTIFACT = "a".repeat(64);
    private static final String RECIPE = """
            format: 1
            recipe: shop
            version: {detect: {run: ["/bin/version"], capture: '(?<version>[0-9.]+)'}}
            path:
              rule: chain-migrations
              migrations: {pattern: 'to-(?<to>.*)-from-(?<from>.*)', scripts: [to-1.1-from-1.0, to-2.0-from-1.1, to-2-from-1.1]}
            members: {run: ["/bin/members"], each: '(?<member>\\S+)'}
            member: "${node.name}"
            health: [{tcp: "127.0.0.1:1"}]
            installed: /opt/shop/current
            gate: {wait: 0s, stable: 0s, retry: 1m, every: 50ms}
            phases:
              stage: {do: [{fetch: artifact}]}
              backup: {do: [{archive: {paths: [/opt/shop/data], to: "${backup.dir}/b.tgz"}}]}
              leave:
                on: peer
                do: [{run: ["/bin/leave", "${node.member}"]}]
              stop: {do: [{run: ["/bin/stop"]}]}
              install: {do: [{link: {path: /opt/shop/current, to: /opt/shop/next}}]}
              start: {do: [{run: ["/bin/start", "${hop.migrations}"]}]}
              join: {do: [{run: ["/bin/join", "${peer.member}"]}]}
            """;

    @TempDir
    private Path directory;

    private final List<byte[]> entries = MemoryJournal.empty();
    private final Relay relay = new Relay();
    private MemoryJournal journal = new MemoryJournal(entries, 0);
    private Coordinator coordinator;
    private Operations operations;
    private Catalogue catalogue;
    private final MemoryArtifacts store = new MemoryArtifacts().with(ARTIFACT, new byte[1]);
    private FakeAgents agents;

    /** Stands for the network: lets the agents be made after the coordinator. */
    private static final class Relay implements AgentLinks {
        private volatile Optional<AgentLinks> to = Optional.empty();

        @Override
        public boolean connected(String node) {
            return to.map(l -> l.connected(node)).orElse(false);
        }

        @Override
        public boolean send(String node, CoordinatorMessage message) {
            return to.map(l -> l.send(node, message)).orElse(false);
        }
    }

    private static final class NoLogs implements StepLogs {
        @Override
        public void append(StepKey key, Instant at, String text) {}

        @Override
        public List<Chunk> read(String rolloutId) {
            return List.of();
        }
    }

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("shop.yaml"), RECIPE);
        coordinator = coordinator(1);
        agents = new FakeAgents(ARTIFACT, RecipeLoader.load(RECIPE, "shop").digest(), coordinator, "1.0", NODES);
        relay.to = Optional.of(agents);
        operations = new Operations(coordinator, product -> List.of(), Runnable::run);
        agents.connectAll(coordinator);
        catalogue = new Catalogue(coordinator, store, ArtifactSpread.ALONE);
        catalogue.add("add", release("2.0")).join();
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private Coordinator coordinator(long term) throws Exception {
        return coordinator(term, new TreeMap<>());
    }

    private Coordinator coordinator(long term, SortedMap<String, String> assume) throws Exception {
        Inventory inventory = new Inventory(List.of(new Inventory.Cluster(
                "chat",
                "shop",
                NODES.stream().map(n -> new Inventory.Node(n, "")).toList(),
                assume)));
        journal = new MemoryJournal(entries, term);
        Coordinator c = new Coordinator(
                journal,
                relay,
                inventory,
                Addresses.alone("c1"),
                recipes(),
                new NoLogs(),
                () -> Instant.now().truncatedTo(ChronoUnit.MICROS),
                failure -> {
                    throw new AssertionError(failure);
                });
        c.start();
        return c;
    }

    private Recipes recipes() throws IOException {
        return Recipes.load(directory);
    }

    private static Release release(String version) {
        return new Release(
                "shop",
                Version.parse(version),
                new Release.ArtifactRef(ARTIFACT, 1, "shop.tgz"),
                Optional.empty(),
                "",
                Optional.empty(),
                Instant.EPOCH,
                "tester");
    }

    private static PlanRequest request() {
        return new PlanRequest(
                "chat",
                Version.parse("2.0"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                false);
    }

    private Plan plan(String requestId) {
        return operations.plan(requestId, request(), "tester").join();
    }

    private RolloutState awaitState(String id, Class<? extends RolloutStatus> status) {
        await().until(() -> coordinator
                .state()
                .rollout(id)
                .filter(s -> status.isInstance(s.status()))
                .isPresent());
        return coordinator.state().rollout(id).orElseThrow();
    }

    @Test
    void upgradesNodeByNodeAndEveryStepOnce() {
        String id =
                operations.apply("apply", plan("plan").id(), "tester").join().id();

        awaitState(id, RolloutStatus.Succeeded.class);

        assertThat(agents.ran()).doesNotHaveDuplicates().contains("n1.leave.1", "n2.leave.1", "n3.join.1");
        assertThat(NODES).allMatch(n -> agents.version(n).equals("2.0"));
    }

    @Test
    void aPlanLetsTheNodesItIsForFetchItsArtifactOnce() {
        agents.version("n2", "2.0");

        assertThat(plan("plan")).isEqualTo(plan("plan"));

        assertThat(agents.prefetched()).containsExactly("n1 shop.tgz 1", "n3 shop.tgz 1");
        assertThat(agents.ran()).isEmpty();
    }

    @Test
    void stepsAreToldTheMigrationsOfTheWay() {
        Set<String> told = new ConcurrentSkipListSet<>();
        agents.answer(step -> {
            told.add(step.getValuesMap().getOrDefault("hop.migrations", "none"));
            return StepOutcome.STEP_OUTCOME_DONE;
        });
        String id =
                operations.apply("apply", plan("plan").id(), "tester").join().id();

        awaitState(id, RolloutStatus.Succeeded.class);

        assertThat(told).containsExactly("to-1.1-from-1.0 to-2.0-from-1.1|to-2-from-1.1");
    }

    @Test
    void aRepeatedRequestIsAnsweredAsBefore() {
        Plan plan = plan("plan");
        assertThat(plan("plan")).isEqualTo(plan);
        String first = operations.apply("apply", plan.id(), "tester").join().id();

        assertThat(operations.apply("apply", plan.id(), "tester").join().id()).isEqualTo(first);
    }

    @Test
    void aPlanIsAppliedOnlyOnce() {
        Plan plan = plan("plan");
        String first = operations.apply("apply", plan.id(), "tester").join().id();

        refused(operations.apply("again", plan.id(), "tester"), "was applied already, as rollout " + first);
    }

    @Test
    void aPlanIsStaleWhenANodeHasChangedSince() {
        Plan plan = plan("plan");
        agents.version("n2", "1.5");

        refused(operations.apply("apply", plan.id(), "tester"), "node n2 ran 1.0 and now runs 1.5; make a new plan");
    }

    @Test
    void aPlanIsStaleWhenTheNotesOrTheCatalogueOnItsWayHaveChanged() {
        Plan plan = plan("plan");
        catalogue.add("newer", release("3.0")).join();
        catalogue.add("between", release("1.5")).join();
        refused(
                operations.apply("apply", plan.id(), "tester"),
                "the catalogue's releases from 1.0 to 2.0 changed since it was made; make a new plan");

        Plan again = plan("again");
        byte[] note = "# 2.0\n\nNew.\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        store.with(Digest.sha256(note), note);
        catalogue
                .importNotes("notes", "shop", List.of(new NoteRef("2.0.md", Digest.sha256(note), note.length)), false)
                .join();
        refused(
                operations.apply("apply again", again.id(), "tester"),
                "the release notes of shop changed since it was made; make a new plan");
    }

    @Test
    void aPlanIsStaleWhenWhatIsSaidAboutTheClusterHasChanged() throws Exception {
        Plan plan = plan("plan");
        coordinator.close();
        coordinator = coordinator(2, new TreeMap<>(Map.of("storage", "sql")));
        operations = new Operations(coordinator, product -> List.of(), Runnable::run);
        agents.connectAll(coordinator);

        refused(
                operations.apply("apply", plan.id(), "tester"),
                "what the configuration says about cluster chat changed since it was made");
    }

    @Test
    void aDryRunIsNotKeptAndNotHindered() {
        agents.answer(s -> s.getId().getPhase().equals("stage")
                ? StepOutcome.STEP_OUTCOME_UNSPECIFIED
                : StepOutcome.STEP_OUTCOME_DONE);
        PlanRequest r = request();
        PlanRequest dry = new PlanRequest(
                r.cluster(),
                r.to(),
                r.mode(),
                r.gateWait(),
                r.gateStable(),
                r.gateRetry(),
                r.gateEvery(),
                r.maxUnavailable(),
                r.minServing(),
                r.allowDowngrade(),
                r.assume(),
                r.overrideNotes(),
                true,
                r.policy(),
                r.again());
        Plan shown = operations.plan("dry", dry, "viewer").join();
        assertThat(coordinator.state().plans()).isEmpty();
        assertThat(agents.prefetched()).isEmpty();
        refused(operations.apply("apply", shown.id(), "tester"), "there is no plan");

        String id =
                operations.apply("apply", plan("plan").id(), "tester").join().id();
        await().until(() -> agents.ran().contains("n1.stage.1"));
        refused(operations.plan("busy", request(), "tester"), "rollout " + id + " of cluster chat is running");
        assertThat(operations.plan("dry again", dry, "viewer").join().to()).isEqualTo(Version.parse("2.0"));
    }

    @Test
    void aWithdrawnReleaseIsNeitherPlannedNorApplied() {
        Plan plan = plan("plan");
        catalogue
                .withdraw("withdraw", "shop", Version.parse("2.0"), "loses carts", "ann")
                .join();

        refused(operations.plan("again", request(), "tester"), "shop 2.0 was withdrawn by ann: loses carts");
        refused(operations.apply("apply", plan.id(), "tester"), "shop 2.0 was withdrawn by ann: loses carts");
    }

    @Test
    void aReleaseIsRemovedOnlyWhenTheRolloutToItHasSucceeded() {
        Plan plan = plan("plan");
        Version version = Version.parse("2.0");
        refused(
                catalogue.remove("remove", "shop", version, "ann"),
                "is needed: plan " + plan.id().substring(0, 12));
        String id = operations.apply("apply", plan.id(), "tester").join().id();
        awaitState(id, RolloutStatus.Succeeded.class);

        assertThat(catalogue
                        .remove("remove again", "shop", version, "ann")
                        .join()
                        .bytesRemoved())
                .isTrue();
        refused(operations.plan("again", request(), "tester"), "there is no release 2.0 of shop");
    }

    @Test
    void planningNeedsEveryAgent() {
        agents.disconnect("n2");

        refused(operations.plan("plan", request(), "tester"), "the agent of node n2 does not answer");
    }

    @Test
    void aFailedStepHoldsAndARetryIsAnotherAttempt() {
        agents.answer(s -> s.getId().getPhase().equals("start") && s.getId().getAttempt() == 1
                ? StepOutcome.STEP_OUTCOME_FAILED
                : StepOutcome.STEP_OUTCOME_DONE);
        String id =
                operations.apply("apply", plan("plan").id(), "tester").join().id();
        RolloutState held = awaitState(id, RolloutStatus.Held.class);

        assertThat(((RolloutStatus.Held) held.status()).sentence()).isEqualTo("start of n1 failed: it broke");
        assertThat(held.facts().outOfService()).containsExactly("n1");

        agents.answer(s -> StepOutcome.STEP_OUTCOME_DONE);
        operations.control("retry", id, Event.Control.RETRY, "tester").join();
        awaitState(id, RolloutStatus.Succeeded.class);
        assertThat(agents.ran()).contains("n1.start.1", "n1.start.2").doesNotHaveDuplicates();
    }

    @Test
    void aNewLeaderGoesOnWhereTheOldOneStopped() throws Exception {
        agents.answer(s -> s.getId().getPhase().equals("stop")
                ? StepOutcome.STEP_OUTCOME_UNSPECIFIED
                : StepOutcome.STEP_OUTCOME_DONE);
        String id =
                operations.apply("apply", plan("plan").id(), "tester").join().id();
        await().until(() -> agents.ran().contains("n1.stop.1"));
        coordinator.close();

        agents.answer(s -> StepOutcome.STEP_OUTCOME_DONE);
        coordinator = coordinator(2);
        operations = new Operations(coordinator, product -> List.of(), Runnable::run);
        agents.connectAll(coordinator);

        awaitState(id, RolloutStatus.Succeeded.class);
        assertThat(agents.ran().stream().filter(s -> s.equals("n1.stop.1"))).hasSizeGreaterThanOrEqualTo(2);
        assertThat(agents.ran()).contains("n1.leave.1").doesNotContain("n1.leave.2");
    }

    @Test
    void pausesAtASafePointAndGoesOn() {
        agents.answer(s -> s.getId().getPhase().equals("stop")
                ? StepOutcome.STEP_OUTCOME_UNSPECIFIED
                : StepOutcome.STEP_OUTCOME_DONE);
        String id =
                operations.apply("apply", plan("plan").id(), "tester").join().id();
        await().until(() -> agents.ran().contains("n1.stop.1"));
        operations.control("pause", id, Event.Control.PAUSE, "tester").join();
        agents.answer(s -> StepOutcome.STEP_OUTCOME_DONE);
        agents.disconnect("n1");
        agents.connectAll(coordinator);

        RolloutState paused = awaitState(id, RolloutStatus.Paused.class);
        assertThat(paused.facts().outOfService()).isEmpty();
        assertThat(agents.version("n2")).isEqualTo("1.0");

        operations.control("resume", id, Event.Control.RESUME, "tester").join();
        awaitState(id, RolloutStatus.Succeeded.class);
    }

    @Test
    void onlyTheExecutorMayReport() {
        agents.answer(s -> s.getId().getPhase().equals("stop")
                ? StepOutcome.STEP_OUTCOME_UNSPECIFIED
                : StepOutcome.STEP_OUTCOME_DONE);
        String id =
                operations.apply("apply", plan("plan").id(), "tester").join().id();
        await().until(() -> agents.ran().contains("n1.stop.1"));
        RolloutState before = coordinator.state().rollout(id).orElseThrow();

        coordinator.result(
                "n2",
                StepResult.newBuilder()
                        .setId(StepCodec.id(new StepKey(id, "n1", Phase.STOP, 1)))
                        .setOutcome(StepOutcome.STEP_OUTCOME_DONE)
                        .build());
        settle();

        assertThat(coordinator.state().rollout(id)).contains(before);
    }

    /** The agent has refused the order of a former leader; the order of this one is under way. */
    @Test
    void theRefusalOfAFormerLeadersOrderIsNoAnswer() {
        agents.answer(s -> s.getId().getPhase().equals("stop")
                ? StepOutcome.STEP_OUTCOME_UNSPECIFIED
                : StepOutcome.STEP_OUTCOME_DONE);
        String id =
                operations.apply("apply", plan("plan").id(), "tester").join().id();
        await().until(() -> agents.ran().contains("n1.stop.1"));
        RolloutState before = coordinator.state().rollout(id).orElseThrow();

        coordinator.result(
                "n1",
                StepResult.newBuilder()
                        .setId(StepCodec.id(new StepKey(id, "n1", Phase.STOP, 1)))
                        .setOutcome(StepOutcome.STEP_OUTCOME_REFUSED)
                        .setCode("STALE_TERM")
                        .build());
        settle();

        assertThat(coordinator.state().rollout(id)).contains(before);
    }

    /** What comes next waits for the commit; what comes beside it does not. */
    @Test
    void whatIsUnderWayIsNeitherAcknowledgedNorActedUpon() {
        String id = stagingSilently();
        journal.slow();

        staged(id, "n1");
        staged(id, "n1");
        staged(id, "n2");
        settle();
        assertThat(journal.undecided()).isEqualTo(2);
        assertThat(agents.acknowledged()).isEmpty();

        journal.commitOldest();
        await().until(() -> agents.acknowledged().contains("n1.stage.1"));
        assertThat(agents.acknowledged()).containsOnly("n1.stage.1");
        staged(id, "n3");
        settle();
        List<String> ran = agents.ran();
        journal.commitOldest();
        await().until(() -> agents.acknowledged().contains("n2.stage.1"));
        assertThat(agents.ran()).as("the last is still under way").isEqualTo(ran);

        journal.commitOldest();
        await().until(() -> agents.ran().size() > ran.size());
        await().until(() -> agents.acknowledged().contains("n3.stage.1"));
    }

    /** No other coordinator could do better: whoever asks is not sent round. */
    @Test
    void aFullJournalIsARefusal() {
        journal.slow();
        CompletableFuture<?> added = catalogue.add("add again", release("3.0"));
        await().until(() -> journal.undecided() == 1);
        journal.dropOldest(new JournalFullException("only 7 bytes are free"));

        assertThatThrownBy(added::join)
                .hasMessageContaining("only 7 bytes are free")
                .cause()
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.kind()).isEqualTo(Refusal.Kind.REFUSED));
    }

    @Test
    void whatWasNotCommittedIsTakenWhenItIsReportedAgain() {
        String id = stagingSilently();
        journal.slow();
        staged(id, "n1");
        staged(id, "n2");
        settle();

        journal.dropOldest(new JournalException("the disk is full"));
        journal.commitOldest();
        settle();
        assertThat(agents.acknowledged()).isEmpty();

        staged(id, "n1");
        staged(id, "n2");
        settle();
        journal.commitOldest();
        journal.commitOldest();
        await().until(() -> Set.copyOf(agents.acknowledged()).equals(Set.of("n1.stage.1", "n2.stage.1")));
        assertThat(coordinator.state().rollout(id).orElseThrow().history()).hasSize(2);
    }

    /** A rollout all of whose nodes stage, and do not say how that went. */
    private String stagingSilently() {
        agents.answer(s -> StepOutcome.STEP_OUTCOME_UNSPECIFIED);
        String id =
                operations.apply("apply", plan("plan").id(), "tester").join().id();
        await().until(() -> agents.ran().containsAll(List.of("n1.stage.1", "n2.stage.1", "n3.stage.1")));
        return id;
    }

    private void staged(String id, String node) {
        coordinator.result(
                node,
                StepResult.newBuilder()
                        .setId(StepCodec.id(new StepKey(id, node, Phase.STAGE, 1)))
                        .setOutcome(StepOutcome.STEP_OUTCOME_DONE)
                        .build());
    }

    private void settle() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        coordinator.post(() -> settled.complete(null));
        settled.join();
    }

    @Test
    void admitsOnlyNodesOfItsInventoryWithTheirRecipe() {
        Hello hello = agents.hello();

        assertThat(coordinator.admit("n1", hello)).isEmpty();
        assertThat(coordinator.admit("n9", hello).orElseThrow()).contains("node 'n9' is in no cluster");
        assertThat(coordinator
                        .admit("n1", hello.toBuilder().setRecipe("mail").build())
                        .orElseThrow())
                .contains("configured for recipe 'mail'");
        assertThat(coordinator
                        .admit("n1", hello.toBuilder().setHighestTerm(9).build())
                        .orElseThrow())
                .contains("has seen term 9");
    }

    private static void refused(CompletableFuture<?> answer, String sentence) {
        assertThatThrownBy(() -> answer.get(Duration.ofSeconds(20).toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Refusal.class)
                .hasMessageContaining(sentence);
    }
}

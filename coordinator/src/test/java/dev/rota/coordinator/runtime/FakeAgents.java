package dev.rota.coordinator.runtime;

import com.google.protobuf.Timestamp;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Agents of a clustered product that answer at once, on the caller's thread. */
final class FakeAgents implements AgentLinks {
    static final String DIGEST = "d".repeat(64);

    private final String artifact;
    private final String recipeDigest;
    private final Map<String, String> versions = new TreeMap<>();
    private final Set<String> members = new TreeSet<>();
    private final List<String> ran = new ArrayList<>();
    private final List<String> prefetched = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final Set<String> connected = ConcurrentHashMap.newKeySet();
    private Function<RunStep, StepOutcome> outcome = s -> StepOutcome.STEP_OUTCOME_DONE;
    private Coordinator coordinator;

    FakeAgents(String artifact, String recipeDigest, Coordinator coordinator, String version, List<String> nodes) {
        this.artifact = artifact;
        this.recipeDigest = recipeDigest;
        this.coordinator = coordinator;
        nodes.forEach(n -> versions.put(n, version));
        members.addAll(nodes);
    }

    /** From now on steps end as this says; {@code UNSPECIFIED}: no answer at all. */
    synchronized void answer(Function<RunStep, StepOutcome> with) {
        outcome = with;
    }

    void connectAll(Coordinator to) {
        coordinator = to;
        for (String n : List.copyOf(versions.keySet())) {
            connected.add(n);
            to.connected(n, hello());
        }
    }

    Hello hello() {
        return Hello.newBuilder()
                .setRecipe("shop")
                .setRecipeDigest(recipeDigest)
                .setAgentVersion("1")
                .build();
    }

    void disconnect(String node) {
        connected.remove(node);
        coordinator.disconnected(node);
    }

    synchronized List<String> ran() {
        return List.copyOf(ran);
    }

    synchronized List<String> prefetched() {
        return List.copyOf(prefetched);
    }

    /** Steps whose result was acknowledged, {@code node.phase.attempt}. */
    synchronized List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    synchronized String version(String node) {
        return versions.getOrDefault(node, "");
    }

    synchronized void version(String node, String v) {
        versions.put(node, v);
    }

    @Override
    public boolean connected(String node) {
        return connected.contains(node);
    }

    @Override
    public synchronized boolean send(String node, CoordinatorMessage m) {
        if (!connected.contains(node)) {
            return false;
        }
        if (m.hasObserve()) {
            coordinator.observation(node, observe(node, m.getObserve().getRequestId()));
        } else if (m.hasRunStep()) {
            run(node, m.getRunStep());
        } else if (m.hasResultAck()) {
            acknowledged.add(name(m.getResultAck().getId()));
        } else if (m.hasPrefetch()) {
            prefetched.add(node + " " + m.getPrefetch().getArtifact().getFileName() + " "
                    + m.getPrefetch().getTerm());
        }
        return true;
    }

    private Observation observe(String node, long request) {
        boolean in = members.contains(node);
        return Observation.newBuilder()
                .setRequestId(request)
                .setMember(node)
                .setRunningVersion(versions.getOrDefault(node, ""))
                .setArtifactSha256("2.0".equals(versions.get(node)) ? artifact : "")
                .setHealthy(true)
                .setMembersKnown(true)
                .addAllMembers(in ? members : Set.of(node))
                .build();
    }

    private void run(String executor, RunStep s) {
        String node = s.getId().getNode();
        String key = name(s.getId());
        StepOutcome end = outcome.apply(s);
        ran.add(key);
        if (end == StepOutcome.STEP_OUTCOME_UNSPECIFIED) {
            return;
        }
        if (end == StepOutcome.STEP_OUTCOME_DONE) {
            effect(node, s.getId().getPhase());
        }
        coordinator.result(
                executor,
                StepResult.newBuilder()
                        .setId(s.getId())
                        .setOutcome(end)
                        .setMessage(end == StepOutcome.STEP_OUTCOME_DONE ? "" : "it broke")
                        .setStartedAt(Timestamp.getDefaultInstance())
                        .setFinishedAt(Timestamp.getDefaultInstance())
                        .putFacts("backup.sha256", DIGEST)
                        .build());
    }

    private static String name(StepId id) {
        return id.getNode() + "." + id.getPhase() + "." + id.getAttempt();
    }

    private void effect(String node, String phase) {
        switch (phase) {
            case "leave" -> members.remove(node);
            case "install" -> versions.put(node, "2.0");
            case "join" -> members.add(node);
            default -> {}
        }
    }
}

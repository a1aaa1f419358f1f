package dev.rota.agent.job;

import dev.rota.agent.action.ArtifactRef;
import dev.rota.agent.action.ArtifactSource;
import dev.rota.agent.action.Context;
import dev.rota.agent.action.Expansion;
import dev.rota.agent.action.Places;
import dev.rota.agent.exec.RunAs;
import dev.rota.contract.Recipe;
import dev.rota.contract.Template;
import dev.rota.contract.Values;
import dev.rota.wire.agent.v1.Artifact;
import dev.rota.wire.agent.v1.RunStep;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the context of a step or of an observation out of what stays the same on this node.
 *
 * @param node this agent's own node
 * @param parameters the recipe's parameters with their values on this node
 * @param outputBytes how much output to keep on disk for each step
 */
public record Contexts(
        String node,
        Recipe recipe,
        Map<String, String> parameters,
        RunAs user,
        Places places,
        ArtifactSource source,
        long outputBytes,
        long diskFloorBytes,
        Clock clock) {
    /** A command keeps this part of a step's output from its start and as much from its end; recipes run few commands in a phase. */
    private static final int SHARE = 16;

    /** The context of a look at this node. */
    public Context observation() {
        Map<String, String> values = new TreeMap<>(parameters);
        values.put(Values.NODE_NAME, node);
        values.put(Values.NODE_MEMBER, Template.expand(recipe.member(), values));
        return context(values, Optional.empty());
    }

    /** What a step carries out: its phase, or what takes the phase back; nothing if the recipe has none. */
    static Optional<Recipe.PhaseSpec> phase(Recipe recipe, JobId id, RunStep order) {
        Optional<Recipe.PhaseSpec> phase = recipe.phase(id.phase(), order.getBack());
        return order.getUndo() ? phase.filter(p -> !p.undo().isEmpty()).map(Recipe.PhaseSpec::taken) : phase;
    }

    /**
     * The context of a step.
     *
     * @throws IllegalArgumentException if its artifact is none
     */
    Context step(RunStep order) {
        Map<String, String> values = new TreeMap<>(parameters);
        values.putAll(order.getValuesMap());
        Optional<ArtifactRef> artifact = Optional.empty();
        if (order.hasArtifact() && !order.getArtifact().getSha256().isEmpty()) {
            ArtifactRef ref = artifact(order.getArtifact());
            values.put(Values.ARTIFACT_FILE, places.artifact(ref).toString());
            values.put(Values.ARTIFACT_SHA256, ref.sha256());
            artifact = Optional.of(ref);
        }
        values.put(Values.BACKUP_DIR, backup(order).toString());
        values.putIfAbsent(Values.ROLLOUT_ID, order.getId().getRolloutId());
        values.putIfAbsent(Values.HOP_ID, order.getId().getRolloutId());
        values.putIfAbsent(Values.NODE_NAME, order.getId().getNode());
        return context(values, artifact);
    }

    /**
     * Where a step's backups go. A coordinator from before there were hops names none.
     *
     * @throws IllegalArgumentException if the hop's id is no plain name
     */
    Path backup(RunStep order) {
        String own = order.getValuesOrDefault(Values.HOP_ID, order.getId().getRolloutId());
        String hop = order.getBackupHop().isEmpty() ? own : order.getBackupHop();
        return places.backup(JobId.hop(hop), order.getId().getNode());
    }

    /** The context of fetching an artifact outside of any step. */
    Context prefetch(ArtifactRef artifact) {
        return context(parameters, Optional.of(artifact));
    }

    /**
     * The artifact of a message.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ArtifactRef artifact(Artifact wire) {
        return new ArtifactRef(wire.getSha256(), wire.getSizeBytes(), wire.getFileName());
    }

    private Context context(Map<String, String> values, Optional<ArtifactRef> artifact) {
        return new Context(
                recipe,
                new Expansion(values),
                user,
                places,
                artifact,
                source,
                Math.max(4096, outputBytes / SHARE),
                diskFloorBytes,
                clock);
    }
}

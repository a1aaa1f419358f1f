package dev.rota.coordinator.runtime;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.rollout.Effect;
import dev.rota.coordinator.rollout.GatePurpose;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was seen of all nodes a moment ago. When a node has passed its health gate and is put back into service, the next one's take-out
 * gate would ask all of them for the same again; it takes what they have just said, once, unless anything was done since that could have
 * changed it. Used by the loop's thread only.
 */
final class RecentViews {
    /** A view that was asked for longer ago says nothing about now. */
    static final Duration LONGEST = Duration.ofSeconds(1);

    /** Phases that leave what a take-out gate looks at as it is. */
    private static final Set<Phase> HARMLESS =
            EnumSet.of(Phase.STAGE, Phase.CHECK, Phase.ANNOUNCE, Phase.BACKUP, Phase.UNDRAIN, Phase.CLEANUP);

    private final Map<String, View> last = new HashMap<>();

    private record View(Instant asked, boolean replicas, SortedMap<String, NodeObservation> nodes) {}

    /** The nodes of the look's rollout were asked then, and have said this. */
    void seen(Effect.Look look, Instant asked, SortedMap<String, NodeObservation> nodes) {
        last.values().removeIf(v -> v.asked.plus(LONGEST).isBefore(asked));
        if (look.purpose() == GatePurpose.VERIFY) {
            last.put(look.rolloutId(), new View(asked, look.replicas(), nodes));
        }
    }

    /** A step of that phase is being ordered in the rollout. */
    void done(String rolloutId, Phase phase) {
        if (!HARMLESS.contains(phase)) {
            last.remove(rolloutId);
        }
    }

    /** What the gate can take for its first look, if there is anything. A gate that has failed on it looks for itself. */
    Optional<SortedMap<String, NodeObservation>> forGate(Effect.Look look, Instant now) {
        if (look.purpose() != GatePurpose.TAKE_OUT) {
            return Optional.empty();
        }
        View view = last.remove(look.rolloutId());
        if (view == null
                || (look.replicas() && !view.replicas)
                || now.isBefore(view.asked)
                || now.isAfter(view.asked.plus(LONGEST))) {
            return Optional.empty();
        }
        SortedMap<String, NodeObservation> nodes = new TreeMap<>();
        view.nodes.forEach((node, o) -> nodes.put(node, o.withProductMs(0)));
        return Optional.of(nodes);
    }

    void forgetAll() {
        last.clear();
    }
}

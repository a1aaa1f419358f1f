package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.TakenBack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a rollout has done, as far as taking it back needs to know.
 *
 * @param id of the rollout
 * @param state its status in a word, if it has not ended
 * @param later a rollout of the same cluster that was started after it
 * @param hops those that were begun, in order
 * @param left the release it has left on each node, as far as that is certain
 */
public record RolledOut(
        String id,
        Plan plan,
        Optional<String> state,
        Optional<String> later,
        List<Done> hops,
        Map<String, Version> left) {
    /** Copies the collections. */
    public RolledOut {
        hops = List.copyOf(hops);
        left = Map.copyOf(left);
    }

    /**
     * What was done of a hop.
     *
     * @param id of the hop, such as {@code chat-7.1}
     * @param phases done or at least begun, on any node
     * @param started nodes that came up with the hop's release, in the order they did
     * @param backups verified backups that were taken, by node
     * @param byHand manual steps that a person confirmed once nodes had been changed
     */
    public record Done(
            String id,
            PlannedHop hop,
            Set<Phase> phases,
            List<String> started,
            SortedMap<String, TakenBack.Backup> backups,
            List<ManualStep> byHand) {}
}

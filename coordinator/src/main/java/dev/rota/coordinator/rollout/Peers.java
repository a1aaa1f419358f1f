package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses the serving node that helps another one. */
final class Peers {
    private Peers() {}

    /** Serving nodes other than this one, upgraded ones first, in the order of the inventory. */
    static List<String> candidates(RolloutState state, String node) {
        List<String> serving = state.plan().members().stream()
                .map(Plan.Member::node)
                .filter(n -> !n.equals(node) && state.facts().serving(n))
                .toList();
        List<String> sorted = new ArrayList<>(
                serving.stream().filter(state.facts().upgraded()::contains).toList());
        serving.stream().filter(n -> !sorted.contains(n)).forEach(sorted::add);
        return sorted;
    }

    /** The peer for an attempt: the next candidate each time, since the last one may be the reason for the failure. */
    static Optional<String> choose(RolloutState state, String node, int attempt) {
        List<String> all = candidates(state, node);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get((attempt - 1) % all.size()));
    }
}

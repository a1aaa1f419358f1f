package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses the serving node that helps another one. */
final class Peers {
    private Peers() {}

    /** Serving nodes other than this one, upgraded ones first, in the order of the inventory. */
    static List<String> candidates(RolloutState state, String node) {
        List<String> sorted = new ArrayList<>(upgraded(state, node));
        serving(state, node).filter(n -> !sorted.contains(n)).forEach(sorted::add);
        return sorted;
    }

    /**
     * The peer for an attempt: the next candidate each time, since the last one may be the reason for the failure. A node joins
     * through one of its own release as long as there is any.
     */
    static Optional<String> choose(RolloutState state, String node, Plan.PlannedStep step, int attempt) {
        List<String> alike = step.back() ? others(state, node) : upgraded(state, node);
        List<String> all = step.phase() == Phase.JOIN && !alike.isEmpty() ? alike : candidates(state, node);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get((attempt - 1) % all.size()));
    }

    private static List<String> upgraded(RolloutState state, String node) {
        return serving(state, node)
                .filter(n -> state.facts().upgraded().contains(n)
                        || state.versionBefore(n).equals(state.hop().to()))
                .toList();
    }

    private static List<String> others(RolloutState state, String node) {
        List<String> upgraded = upgraded(state, node);
        return serving(state, node).filter(n -> !upgraded.contains(n)).toList();
    }

    /** One that is about to go out of service is no help. */
    private static Stream<String> serving(RolloutState state, String node) {
        return state.plan().members().stream()
                .map(Plan.Member::node)
                .filter(n -> !n.equals(node) && state.facts().serving(n) && !SideBySide.isLeaving(state.node(n)));
    }
}

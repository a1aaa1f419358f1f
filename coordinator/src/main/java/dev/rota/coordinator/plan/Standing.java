package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.plan.PlanResult.Refused;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which release each node has, for plans that bring a cluster back: the one that runs, or, of a product that does not run, the one its
 * files came from, or else the one the last rollout has left there. Where nodes join each other all of them must run: one that does
 * not has no say in who is a member. While one does not run, those that do are not expected to list it.
 */
final class Standing {
    private final PlanInputs in;
    private final Map<String, Version> left;

    /**
     * Creates it.
     *
     * @param left what the last rollout has left on the nodes, as far as it knows
     */
    Standing(PlanInputs in, Map<String, Version> left) {
        this.in = in;
        this.left = Map.copyOf(left);
    }

    /** What keeps the cluster from being planned for. */
    Optional<Refused> notReady() {
        boolean allAnswer = in.observations().keySet().containsAll(in.cluster().nodeNames());
        if (joins(in.recipe()) || !allAnswer || stopped().isEmpty()) {
            return Planner.notReady(in);
        }
        return in.cluster().nodes().stream()
                .filter(n -> found(n).isEmpty())
                .findFirst()
                .flatMap(n -> Planner.notReady(in))
                .map(r -> new Refused(
                        r.code(),
                        r.sentence() + ". Neither its files nor an earlier rollout tell which release is installed"
                                + " there"));
    }

    /** Nodes whose product does not say its version. */
    List<String> stopped() {
        return in.cluster().nodes().stream()
                .map(Inventory.Node::name)
                .filter(n -> seen(n).version().isEmpty())
                .toList();
    }

    /** Of a cluster that is ready. */
    Version version(Inventory.Node n) {
        return found(n).orElseThrow();
    }

    /** A node as a plan writes it down. */
    Plan.Member member(Inventory.Node n) {
        NodeObservation seen = seen(n.name());
        return new Plan.Member(n.name(), seen.member(), n.zone(), version(n), seen.artifactSha256());
    }

    private Optional<Version> found(Inventory.Node n) {
        NodeObservation seen = seen(n.name());
        return seen.version()
                .or(() -> in.releases().stream()
                        .filter(r -> r.artifact().sha256().equals(seen.artifactSha256()))
                        .map(Release::version)
                        .findFirst())
                .or(() -> Optional.ofNullable(left.get(n.name())));
    }

    private NodeObservation seen(String node) {
        return Objects.requireNonNull(in.observations().get(node));
    }

    /** Whether nodes of that product leave and join each other. */
    static boolean joins(Recipe recipe) {
        return recipe.phases().containsKey(Phase.LEAVE) && recipe.phases().containsKey(Phase.JOIN);
    }
}

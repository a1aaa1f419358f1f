package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Membership;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.plan.Repair.Inputs;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Whether a node that was taken out may be brought back by Rota now, and if not, what a person has to do first. */
final class Bringing {
    private Bringing() {}

    /** Why not; empty: it may. */
    static Optional<String> obstacle(Inputs in, String node, List<Compensation> out) {
        if (!in.cluster().nodeNames().contains(node)) {
            return Optional.of(gone(in, node));
        }
        NodeObservation o = in.observations().get(node);
        if (o == null) {
            return Optional.of("the agent of " + node + " does not answer: start it first");
        }
        boolean left = out.stream().anyMatch(c -> c.phase() == Phase.LEAVE);
        if (o.version().isEmpty()) {
            return left
                    ? Optional.of(
                            "rule 4: " + node + " is outside the cluster and does not run: start the product, have it"
                                    + " join through a node that serves, then again")
                    : startObstacle(in, node, o);
        }
        if (left && !seesAll(in, o)) {
            return Optional.of(
                    "rule 4: " + node + " is outside the cluster, and joining can wipe it: have the product join"
                            + " through a node that serves, by its own commands, then again");
        }
        return o.healthy()
                ? Optional.empty()
                : Optional.of(
                        "rule 5: " + node + " does not serve (" + o.unhealthyReason() + "): repair it, then again");
    }

    static String gone(Inputs in, String node) {
        return "node " + node + " is no longer in cluster " + in.cluster().name() + "; if it is undone, 'rota doctor "
                + in.cluster().name() + " ID --by-hand TEXT' says so";
    }

    private static boolean seesAll(Inputs in, NodeObservation o) {
        return Membership.disagreements(in.cluster(), in.observations()).isEmpty()
                && o.members()
                        .filter(m -> m.size() == in.cluster().nodes().size())
                        .isPresent();
    }

    private static Optional<String> startObstacle(Inputs in, String node, NodeObservation o) {
        String byHand = ": start the product by its own commands, then again";
        Optional<Version> installed = installed(in, o);
        boolean others = in.cluster().nodeNames().stream()
                .filter(n -> !n.equals(node))
                .flatMap(n -> Optional.ofNullable(in.observations().get(n)).stream())
                .anyMatch(NodeObservation::healthy);
        if (!in.recipe().phases().containsKey(Phase.START)) {
            return Optional.of(node + " does not run, and the recipe does not say how it is started" + byHand);
        } else if (in.recipe().phases().containsKey(Phase.MIGRATE)) {
            return Optional.of(node + " does not run, and whether its data was migrated is not known" + byHand);
        } else if (installed.isEmpty()) {
            return Optional.of(
                    node + " does not run, and what is installed there is no release of the catalogue" + byHand);
        } else if (!others && in.cluster().nodes().size() > 1) {
            return Optional.of("no node of " + in.cluster().name()
                    + " serves, and which of them must be started first is not known: start the one that was stopped last"
                    + " by the product's own commands, then again");
        }
        TreeSet<Version> versions = new TreeSet<>(List.of(installed.get()));
        in.observations().values().forEach(x -> x.version().ifPresent(versions::add));
        return versions.size() > 2
                ? Optional.of("rule 11: with " + node + " the cluster would have the versions " + versions)
                : Optional.empty();
    }

    /** The release that is installed on a node whose product does not run. */
    static Optional<Version> installed(Inputs in, NodeObservation o) {
        return in.releases().stream()
                .filter(r -> r.artifact().sha256().equals(o.artifactSha256()))
                .map(Release::version)
                .findFirst();
    }
}

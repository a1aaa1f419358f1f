package dev.rota.coordinator.plan;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Membership;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.plan.PlanResult.Refused;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Makes plans. Total: every request ends in a plan or a refusal that says what to do. */
public final class Planner {
    /** More cannot be overseen, nor done in a night. */
    static final int MAX_HOPS = 30;

    private Planner() {}

    /** Makes the plan that takes a cluster to the target release, or says why there can be none. */
    public static PlanResult plan(PlanInputs in, PlanRequest request) {
        Optional<Refused> notReady = notReady(in).or(() -> Overseeing.refused(in, request));
        if (notReady.isPresent()) {
            return notReady.get();
        }
        Version to = in.target().version();
        if (in.target().withdrawn().isPresent()) {
            return new Refused(
                    "RELEASE_WITHDRAWN",
                    in.recipe().name() + " " + to + " was withdrawn: "
                            + in.target().withdrawn().get().reason());
        }
        List<Inventory.Node> todo = in.cluster().nodes().stream()
                .filter(n -> !version(in, n).equals(to))
                .toList();
        if (todo.isEmpty()) {
            return new Refused("ALREADY_THERE", "every node of " + in.cluster().name() + " runs " + to + " already");
        }
        TreeSet<Version> versions = new TreeSet<>();
        todo.forEach(n -> versions.add(version(in, n)));
        if (versions.size() > 1) {
            return new Refused(
                    "MIXED_VERSIONS",
                    "the nodes run " + versions + " beside " + to
                            + "; a cluster may hold at most two versions: bring the nodes to one version first");
        }
        Version from = versions.first();
        PathResult path =
                Paths.find(in.recipe(), from, to, versions(in, false), versions(in, true), request.allowDowngrade());
        if (path instanceof PathResult.Refused refused) {
            return new Refused(refused.code(), refused.sentence());
        }
        List<Hop> hops = ((PathResult.Found) path).hops();
        if (hops.size() > MAX_HOPS) {
            return new Refused(
                    Paths.PATH_FORBIDDEN,
                    "the way from " + from + " to " + to + " has " + hops.size() + " hops, a plan has at most "
                            + MAX_HOPS + ": plan a part of it first, 'rota plan "
                            + in.cluster().name() + " --to "
                            + hops.get(MAX_HOPS - 1).to() + "'");
        }
        if (hops.size() > 1 && todo.size() < in.cluster().nodes().size()) {
            return new Refused(
                    "MIXED_VERSIONS",
                    "some nodes run " + to + " already and the others " + from + ", from where the way goes by "
                            + hops.get(0).to()
                            + ": a cluster may hold at most two versions, so bring the nodes to one version"
                            + " first, by the product's own procedure");
        }
        return new HopPlanner(in, request, todo).plan(hops);
    }

    private static List<Version> versions(PlanInputs in, boolean withdrawn) {
        return in.releases().stream()
                .filter(r -> r.withdrawn().isPresent() == withdrawn)
                .map(Release::version)
                .toList();
    }

    /** What keeps a cluster from being planned for. */
    static Optional<Refused> notReady(PlanInputs in) {
        for (Inventory.Node n : in.cluster().nodes()) {
            NodeObservation o = in.observations().get(n.name());
            if (o == null) {
                return Optional.of(new Refused(
                        "NODE_SILENT",
                        "the agent of node " + n.name() + " does not answer; start it, then plan again"));
            }
            if (o.version().isEmpty()) {
                String why = o.problems().isEmpty() ? "" : " (" + String.join("; ", o.problems()) + ")";
                return Optional.of(new Refused(
                        "VERSION_UNKNOWN",
                        "the product on node " + n.name() + " does not say its version" + why
                                + "; start or repair it, then plan again"));
            }
        }
        List<String> apart = Membership.disagreements(in.cluster(), in.observations());
        return apart.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refused(
                        "MEMBERS_DISAGREE",
                        "the nodes of " + in.cluster().name() + " do not see each other: " + String.join("; ", apart)
                                + "; have the product join them again, by its own commands, then plan again"));
    }

    static Version version(PlanInputs in, Inventory.Node n) {
        return java.util.Objects.requireNonNull(in.observations().get(n.name()))
                .version()
                .orElseThrow();
    }
}

package dev.rota.coordinator.plan;

import dev.rota.contract.Change;
import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Recipe.GateSettings;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Evidence;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Membership;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.plan.PlanResult.Planned;
import dev.rota.coordinator.plan.PlanResult.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Makes plans. Total: every request ends in a plan or a refusal that says what to do. */
public final class Planner {
    private Planner() {}

    /** Makes the plan that takes a cluster to the target release, or says why there can be none. */
    public static PlanResult plan(PlanInputs in, PlanRequest request) {
        Optional<Refused> notReady = notReady(in);
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
        return hops.size() > 1 ? severalHops(hops, in) : decide(in, request, hops.get(0), todo);
    }

    /** A rollout installs one release. */
    private static Refused severalHops(List<Hop> hops, PlanInputs in) {
        Version first = hops.get(0).to();
        return new Refused(
                Paths.PATH_FORBIDDEN,
                in.recipe().name() + " goes from " + hops.get(0).from() + " to "
                        + in.target().version() + " by way of "
                        + String.join(
                                ", ",
                                hops.subList(0, hops.size() - 1).stream()
                                        .map(hop -> hop.to().text())
                                        .toList())
                        + ": plan the first step, 'rota plan " + in.cluster().name() + " --to " + first + "'");
    }

    private static PlanResult decide(PlanInputs in, PlanRequest request, Hop hop, List<Inventory.Node> todo) {
        Version from = hop.from();
        ReadNotes notes = ReadNotes.of(in, request, hop);
        Decision decision = Decision.of(in, request, hop, notes);
        if (decision.mode() == Mode.FULL_STOP && request.mode().equals(Optional.of(Mode.SOFT))) {
            String why = decision.reasons().get(decision.reasons().size() - 1).sentence();
            return new Refused("SOFT_FORBIDDEN", "a soft upgrade is not possible: " + why);
        }
        if (decision.mode() == Mode.SOFT && request.maxUnavailable() < 1) {
            return new Refused(
                    "MAX_UNAVAILABLE",
                    "a soft upgrade takes one node out of service at a time, --max-unavailable "
                            + request.maxUnavailable() + " forbids that: allow 1, or ask for --mode full-stop");
        }
        int total = in.cluster().nodes().size();
        if (decision.mode() == Mode.SOFT && total - 1 < request.minServing()) {
            return new Refused(
                    "MIN_SERVING",
                    "with " + total + " nodes and one out of service only " + (total - 1) + " serve, fewer than "
                            + "--min-serving " + request.minServing());
        }
        boolean partial = decision.mode() == Mode.FULL_STOP && todo.size() < total;
        List<String> order = order(in, partial ? in.cluster().nodes() : todo);
        FullStop strategy = strategy(in.recipe(), total);
        List<Plan.Batch> batches = switch (decision.mode()) {
            case SOFT -> Layout.soft(in.recipe(), order);
            case FULL_STOP ->
                strategy == FullStop.SHRINK ? Layout.shrink(in.recipe(), order) : Layout.stopAll(in.recipe(), order);
        };
        return new Planned(new Plan(
                "",
                in.cluster().name(),
                in.recipe().name(),
                in.recipe().digest(),
                from,
                in.target().version(),
                decision.mode(),
                strategy,
                decision.reasons(),
                List.of(from, in.target().version()),
                hop.scripts(),
                in.cluster().nodes().stream().map(n -> member(in, n)).toList(),
                batches,
                gate(in.recipe().gate(), request),
                request.maxUnavailable(),
                request.minServing(),
                hop.change() == Change.DOWNGRADE,
                in.recipe().members().isPresent(),
                in.recipe().replicas().isPresent(),
                in.target().artifact(),
                new Evidence(
                        notes.citations(),
                        ManualSteps.of(notes, decision.mode(), batches),
                        notes.assumed(),
                        request.overrideNotes()),
                in.now(),
                in.by()));
    }

    private static List<Version> versions(PlanInputs in, boolean withdrawn) {
        return in.releases().stream()
                .filter(r -> r.withdrawn().isPresent() == withdrawn)
                .map(Release::version)
                .toList();
    }

    private static Optional<Refused> notReady(PlanInputs in) {
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

    /** Unready nodes first, then the order of the inventory. */
    private static List<String> order(PlanInputs in, List<Inventory.Node> nodes) {
        List<String> order = new ArrayList<>();
        nodes.stream().filter(n -> !observation(in, n).healthy()).forEach(n -> order.add(n.name()));
        nodes.stream().filter(n -> observation(in, n).healthy()).forEach(n -> order.add(n.name()));
        return order;
    }

    private static FullStop strategy(Recipe recipe, int nodes) {
        boolean canShrink =
                recipe.phases().containsKey(Phase.LEAVE) && recipe.phases().containsKey(Phase.JOIN) && nodes > 1;
        return recipe.fullStop() == FullStop.SHRINK && canShrink ? FullStop.SHRINK : FullStop.STOP_ALL;
    }

    private static GateSettings gate(GateSettings defaults, PlanRequest r) {
        return new GateSettings(
                r.gateWait().orElse(defaults.initial()),
                r.gateStable().orElse(defaults.stable()),
                r.gateRetry().orElse(defaults.retry()),
                r.gateEvery().orElse(defaults.every()));
    }

    private static Plan.Member member(PlanInputs in, Inventory.Node n) {
        return new Plan.Member(n.name(), observation(in, n).member(), n.zone(), version(in, n));
    }

    private static NodeObservation observation(PlanInputs in, Inventory.Node n) {
        return java.util.Objects.requireNonNull(in.observations().get(n.name()));
    }

    private static Version version(PlanInputs in, Inventory.Node n) {
        return observation(in, n).version().orElseThrow();
    }
}

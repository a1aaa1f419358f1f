package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Recipe.On;
import dev.rota.contract.Recipe.PhaseSpec;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Evidence;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Plan.Batch;
import dev.rota.coordinator.domain.Plan.Lane;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.Release.ArtifactRef;
import dev.rota.coordinator.domain.WayBack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Plans how what rollouts left over is undone: as far as it is safe, node by node, each back into service only through the health gate. */
public final class Repair {
    private final Inputs in;
    private final List<Kept> kept = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();
    private Optional<Found> found = Optional.empty();

    private Repair(Inputs in) {
        this.in = in;
    }

    /**
     * What a repair is made from.
     *
     * @param leftOver what is to be undone
     * @param observations by node; a node without one is not connected
     */
    public record Inputs(
            Inventory.Cluster cluster,
            Recipe recipe,
            Collection<Release> releases,
            List<Compensation> leftOver,
            Map<String, NodeObservation> observations,
            Instant now,
            String by) {}

    /** What is not undone, and why. */
    public record Kept(Compensation compensation, String why) {}

    /**
     * What was planned.
     *
     * @param plan without an id; empty when nothing may be undone
     */
    public record Result(Optional<Plan> plan, List<Kept> kept) {
        /** Copies the list. */
        public Result {
            kept = List.copyOf(kept);
        }
    }

    /** What a node is proven to run when it is brought back. */
    private record Found(Version version, String artifactSha256) {}

    /** Plans the repair. */
    public static Result plan(Inputs in) {
        return new Repair(in).plan();
    }

    private Result plan() {
        in.leftOver().stream().map(Compensation::node).distinct().forEach(this::bringBack);
        undo();
        if (batches.isEmpty()) {
            return new Result(Optional.empty(), kept);
        }
        Optional<Found> proven = found.or(this::anyVersion);
        if (proven.isEmpty()) {
            in.leftOver().stream()
                    .filter(c -> kept.stream().noneMatch(k -> k.compensation().equals(c)))
                    .forEach(c -> keep(c, "no node of " + in.cluster().name() + " says its version"));
            return new Result(Optional.empty(), kept);
        }
        return new Result(Optional.of(plan(proven.get())), kept);
    }

    private Optional<Found> anyVersion() {
        return in.cluster().nodeNames().stream()
                .flatMap(n -> Optional.ofNullable(in.observations().get(n)).stream())
                .flatMap(
                        o -> o
                                .version()
                                .or(() -> Bringing.installed(in, o))
                                .map(v -> new Found(v, o.artifactSha256()))
                                .stream())
                .findFirst();
    }

    /** One node back into service, if it may be. */
    private void bringBack(String node) {
        List<Compensation> out = in.leftOver().stream()
                .filter(c -> c.node().equals(node) && Compensation.TAKES_OUT.contains(c.phase()))
                .toList();
        if (out.isEmpty()) {
            return;
        }
        Optional<String> obstacle = Bringing.obstacle(in, node, out);
        if (obstacle.isPresent()) {
            out.forEach(c -> keep(c, obstacle.get()));
            return;
        }
        NodeObservation o = Objects.requireNonNull(in.observations().get(node));
        Found runs = o.version()
                .map(v -> new Found(v, o.artifactSha256()))
                .orElseGet(() -> new Found(Bringing.installed(in, o).orElseThrow(), o.artifactSha256()));
        if (found.isPresent() && !found.get().equals(runs)) {
            String why = node + " has " + runs.version() + ", the nodes that are brought back now have "
                    + found.get().version() + ": again when they are back";
            out.forEach(c -> keep(c, why));
            return;
        }
        found = Optional.of(runs);
        boolean drained = out.stream().anyMatch(c -> c.phase() == Phase.DRAIN);
        List<PlannedStep> steps = new ArrayList<>();
        if (o.version().isEmpty()) {
            steps.add(step(Phase.START));
        }
        steps.add(step(Phase.VERIFY));
        if (drained && in.recipe().phases().containsKey(Phase.UNDRAIN)) {
            steps.add(step(Phase.UNDRAIN));
        }
        batches.add(new Batch("bring back " + node, List.of(new Lane(node, steps)), true));
    }

    /** What can be undone whatever the node's product does. */
    private void undo() {
        List<Lane> lanes = new ArrayList<>();
        for (String node : in.cluster().nodeNames()) {
            List<PlannedStep> steps = Stream.of(Phase.ANNOUNCE, Phase.CHECK)
                    .flatMap(p -> in.leftOver().stream()
                            .filter(c -> c.node().equals(node) && c.phase() == p)
                            .limit(1))
                    .flatMap(c -> undo(c).stream())
                    .toList();
            if (!steps.isEmpty()) {
                lanes.add(new Lane(node, steps));
            }
        }
        if (!lanes.isEmpty()) {
            batches.add(new Batch("undo", lanes, true));
        }
        in.leftOver().stream()
                .filter(c -> !Compensation.TAKES_OUT.contains(c.phase()))
                .filter(c -> !in.cluster().nodeNames().contains(c.node()))
                .forEach(c -> keep(c, Bringing.gone(in, c.node())));
    }

    private Optional<PlannedStep> undo(Compensation c) {
        PhaseSpec spec = in.recipe().phases().get(c.phase());
        if (spec == null || spec.undo().isEmpty()) {
            keep(
                    c,
                    "the recipe does not say any more how " + c.phase().label()
                            + " is undone; if it is undone, 'rota doctor "
                            + in.cluster().name() + " " + c.id() + " --by-hand TEXT' says so");
            return Optional.empty();
        }
        if (!in.observations().containsKey(c.node())) {
            keep(c, "the agent of " + c.node() + " does not answer");
            return Optional.empty();
        }
        return Optional.of(PlannedStep.undo(c.phase(), spec.on(), spec.within(), spec.estimate()));
    }

    private PlannedStep step(Phase phase) {
        PhaseSpec spec = in.recipe().phases().get(phase);
        return spec == null
                ? new PlannedStep(phase, On.SELF, Duration.ZERO, false, Optional.empty(), false)
                : new PlannedStep(phase, spec.on(), spec.within(), true, spec.estimate(), false);
    }

    private void keep(Compensation c, String why) {
        kept.add(new Kept(c, why));
    }

    private Plan plan(Found proven) {
        PlannedHop hop = new PlannedHop(
                proven.version(),
                proven.version(),
                0,
                Mode.SOFT,
                FullStop.STOP_ALL,
                List.of(new Reason(
                        Reason.Code.LEFT_OVER,
                        "nothing is installed: what earlier rollouts left over is undone",
                        true)),
                List.of(),
                false,
                artifact(proven),
                List.of(),
                WayBack.NONE);
        return new Plan(
                "",
                in.cluster().name(),
                in.recipe().name(),
                in.recipe().digest(),
                List.of(hop),
                in.cluster().nodes().stream().map(n -> member(n, proven)).toList(),
                batches,
                in.recipe().gate(),
                1,
                1,
                in.recipe().members().isPresent(),
                in.recipe().replicas().isPresent(),
                Evidence.none(),
                Policy.DEFAULT,
                new TreeMap<>(),
                in.now(),
                in.by());
    }

    private ArtifactRef artifact(Found proven) {
        return in.releases().stream()
                .map(Release::artifact)
                .filter(a -> a.sha256().equals(proven.artifactSha256()))
                .findFirst()
                .orElseGet(() -> new ArtifactRef(proven.artifactSha256(), 0, ""));
    }

    private Plan.Member member(Inventory.Node n, Found proven) {
        Optional<NodeObservation> o = Optional.ofNullable(in.observations().get(n.name()));
        return new Plan.Member(
                n.name(),
                o.map(NodeObservation::member).orElse(n.name()),
                n.zone(),
                o.flatMap(NodeObservation::version).orElse(proven.version()),
                o.map(NodeObservation::artifactSha256).orElse(""));
    }
}

package dev.rota.coordinator.plan;

import dev.rota.contract.Change;
import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Recipe.GateSettings;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Citation;
import dev.rota.coordinator.domain.Evidence;
import dev.rota.coordinator.domain.FailedVersion;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.plan.PlanResult.Planned;
import dev.rota.coordinator.plan.PlanResult.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lays the hops of a plan out one behind the other, each with a mode of its own. */
final class HopPlanner {
    private final PlanInputs in;
    private final PlanRequest request;
    private final List<Inventory.Node> todo;
    private final NotesAtHand notes;
    private final GateSettings gate;
    private final Bounds bounds;
    private final Places places = new Places();
    private final List<PlannedHop> planned = new ArrayList<>();
    private final List<Plan.Batch> batches = new ArrayList<>();
    private final List<Citation> findings = new ArrayList<>();
    private final List<ManualStep> manual = new ArrayList<>();
    private SortedMap<String, String> assumed = new TreeMap<>();

    /**
     * Creates it.
     *
     * @param todo the nodes that do not run the target yet; all run the same version
     */
    HopPlanner(PlanInputs in, PlanRequest request, List<Inventory.Node> todo) {
        this.in = in;
        this.request = request;
        this.todo = todo;
        this.notes = new NotesAtHand(in);
        this.gate = gate(in.recipe().gate(), request);
        this.bounds = Bounds.of(request, in.cluster().nodes().size());
    }

    PlanResult plan(List<Hop> hops) {
        Optional<FailedVersion> failed = failed(hops);
        if (failed.isPresent() && request.again().isEmpty()) {
            return rolledBackBefore(failed.get());
        }
        Optional<String> noCanary = TurnOrder.refused(in, request.turns(), todo);
        if (noCanary.isPresent()) {
            return new Refused("CANARY", noCanary.get());
        }
        for (Hop hop : hops) {
            Optional<Release> target = in.release(hop.to());
            if (target.isEmpty()) {
                return new Refused(
                        Paths.PATH_FORBIDDEN,
                        "the way goes by " + hop.to() + ", which is not in the catalogue: add it ('rota releases add "
                                + in.recipe().name() + " " + hop.to() + " --file FILE'), then plan again");
            }
            Optional<Refused> refused = add(hop, target.get());
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        if (request.turns().hasCanaries() && planned.stream().noneMatch(h -> h.mode() == Mode.SOFT)) {
            return new Refused(
                    "CANARY",
                    "a full stop takes all nodes at once and has no canaries; plan without --canary to see why it is one");
        }
        Version from = planned.get(0).from();
        return new Planned(new Plan(
                "",
                in.cluster().name(),
                in.recipe().name(),
                in.recipe().digest(),
                planned,
                in.cluster().nodes().stream().map(this::member).toList(),
                batches,
                gate,
                bounds.maxUnavailable(),
                bounds.minServing(),
                in.recipe().members().isPresent(),
                in.recipe().replicas().isPresent(),
                new Evidence(
                        findings.stream()
                                .distinct()
                                .limit(Evidence.MAX_FINDINGS)
                                .toList(),
                        manual,
                        assumed,
                        request.overrideNotes(),
                        again(hops)),
                request.policy().with(Overseeing.of(in, request)).with(places.turns(bounds)),
                Basis.of(
                        in.cluster(),
                        in.releases(),
                        in.notesDigest(),
                        from,
                        in.target().version()),
                in.now(),
                in.by()));
    }

    /** The first version on the way that the cluster was rolled back from. */
    private Optional<FailedVersion> failed(List<Hop> hops) {
        return hops.stream()
                .flatMap(h -> in.failed().stream().filter(f -> f.version().equals(h.to())))
                .findFirst();
    }

    private Refused rolledBackBefore(FailedVersion f) {
        return new Refused(
                "ROLLED_BACK_BEFORE",
                in.cluster().name() + " was rolled back from " + f.version() + " in rollout " + f.rollout() + " at "
                        + f.at() + ": " + f.why() + "; if that will not happen again, say why: 'rota plan "
                        + in.cluster().name() + " --to " + request.to() + " --again WHY'");
    }

    /** A reason nobody needs is not kept. */
    private String again(List<Hop> hops) {
        return failed(hops).isPresent() ? request.again() : "";
    }

    private Optional<Refused> add(Hop hop, Release target) {
        ReadNotes read = ReadNotes.of(in, request, hop, notes);
        Decision decision = Decision.of(in, request, hop, target, read);
        Optional<Refused> refused = refused(decision, hop);
        if (refused.isPresent()) {
            return refused;
        }
        boolean whole = !planned.isEmpty() || decision.mode() == Mode.FULL_STOP;
        boolean soft = decision.mode() == Mode.SOFT;
        List<Inventory.Node> nodes = whole ? in.cluster().nodes() : todo;
        List<TurnOrder.Turn> turns = soft
                ? TurnOrder.soft(
                        in,
                        request.turns(),
                        nodes,
                        bounds.atOnce(in.cluster().nodes().size()),
                        migratesOnce(in.recipe()))
                : TurnOrder.fullStop(in, nodes);
        List<List<String>> order = turns.stream().map(TurnOrder.Turn::nodes).toList();
        List<String> oneByOne = order.stream().flatMap(List::stream).toList();
        FullStop strategy = strategy(in.recipe(), in.cluster().nodes().size());
        Estimates estimates = new Estimates(in.recipe(), in.measured(), gate);
        List<Plan.Batch> own = soft
                ? Layout.soft(in.recipe(), order, estimates)
                : strategy == FullStop.SHRINK
                        ? Layout.shrink(in.recipe(), oneByOne, estimates)
                        : Layout.stopAll(in.recipe(), oneByOne, estimates);
        int first = batches.size();
        int effect = ManualSteps.firstEffect(own);
        manual.addAll(ManualSteps.of(read, decision.mode(), manual.size(), first, own));
        findings.addAll(read.citations());
        assumed = read.assumed();
        places.add(turns, first, own, soft && request.turns().pauseAfterCanary());
        batches.addAll(own);
        planned.add(new PlannedHop(
                hop.from(),
                hop.to(),
                first,
                decision.mode(),
                strategy,
                decision.reasons(),
                hop.scripts(),
                hop.change() == Change.DOWNGRADE,
                target.artifact(),
                Undoing.of(
                        in.recipe(),
                        hop,
                        decision.mode(),
                        read,
                        own.stream().skip(effect).findFirst()),
                WaysBack.of(in, hop, planned, estimates)));
        return Optional.empty();
    }

    private Optional<Refused> refused(Decision decision, Hop hop) {
        int total = in.cluster().nodes().size();
        if (decision.mode() == Mode.FULL_STOP && request.mode().equals(Optional.of(Mode.SOFT))) {
            String why = decision.reasons().get(decision.reasons().size() - 1).sentence();
            return Optional.of(
                    new Refused("SOFT_FORBIDDEN", "a soft upgrade to " + hop.to() + " is not possible: " + why));
        }
        if (decision.mode() == Mode.SOFT && bounds.maxUnavailable() < 1) {
            return Optional.of(new Refused(
                    "MAX_UNAVAILABLE",
                    "a soft upgrade takes at least one node out of service at a time, --max-unavailable " + bounds.max()
                            + " forbids that: allow 1, or ask for --mode full-stop"));
        }
        return decision.mode() == Mode.SOFT && total - 1 < bounds.minServing()
                ? Optional.of(new Refused(
                        "MIN_SERVING",
                        "with " + total + " nodes and one out of service only " + (total - 1) + " serve, fewer than "
                                + "--min-serving " + bounds.min()))
                : Optional.empty();
    }

    private static boolean migratesOnce(Recipe recipe) {
        return Optional.ofNullable(recipe.phases().get(Phase.MIGRATE))
                .map(Recipe.PhaseSpec::once)
                .orElse(false);
    }

    private static FullStop strategy(Recipe recipe, int nodes) {
        boolean canShrink =
                recipe.phases().containsKey(Phase.LEAVE) && recipe.phases().containsKey(Phase.JOIN) && nodes > 1;
        return recipe.fullStop() == FullStop.SHRINK && canShrink ? FullStop.SHRINK : FullStop.STOP_ALL;
    }

    static GateSettings gate(GateSettings defaults, PlanRequest r) {
        return new GateSettings(
                r.gateWait().orElse(defaults.initial()),
                r.gateStable().orElse(defaults.stable()),
                r.gateRetry().orElse(defaults.retry()),
                r.gateEvery().orElse(defaults.every()));
    }

    private Plan.Member member(Inventory.Node n) {
        return member(in, n);
    }

    static Plan.Member member(PlanInputs in, Inventory.Node n) {
        NodeObservation seen = Objects.requireNonNull(in.observations().get(n.name()));
        return new Plan.Member(n.name(), seen.member(), n.zone(), Planner.version(in, n), seen.artifactSha256());
    }
}

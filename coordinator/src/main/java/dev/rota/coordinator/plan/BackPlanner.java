package dev.rota.coordinator.plan;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.Reversibility;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.domain.Undo;
import dev.rota.coordinator.domain.WayBack;
import dev.rota.coordinator.plan.PlanResult.Planned;
import dev.rota.coordinator.plan.PlanResult.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the plan that takes a whole rollout back, hop by hop, the last one first. Total: every request ends in a plan or a refusal
 * that says what to do.
 */
public final class BackPlanner {
    private final PlanInputs in;
    private final PlanRequest request;
    private final RolledOut past;
    private final Standing standing;
    private final PutBack putBack;
    private final Bounds bounds;
    private final Places places = new Places();
    private final List<PlannedHop> planned = new ArrayList<>();
    private final List<Plan.Batch> batches = new ArrayList<>();
    private final List<ManualStep> manual = new ArrayList<>();

    private BackPlanner(PlanInputs in, PlanRequest request, RolledOut past, Loss loss) {
        this.in = in;
        this.request = request;
        this.past = past;
        this.standing = new Standing(in, past.left());
        this.putBack = new PutBack(in, request, standing, loss);
        this.bounds = Bounds.of(request, in.cluster().nodes().size());
    }

    /**
     * Plans the way back from what the cluster runs now to what it ran before the rollout.
     *
     * @param loss where data is put back and nothing of it may be lost, only a dry run shows the plan
     */
    public static PlanResult plan(PlanInputs in, PlanRequest request, RolledOut past, Loss loss) {
        return new BackPlanner(in, request, past, loss).plan();
    }

    private PlanResult plan() {
        Optional<Refused> refused =
                inOrder().or(this::noCanaries).or(standing::notReady).or(putBack::unwatched).or(putBack::backupNeeded);
        if (refused.isPresent()) {
            return refused.get();
        }
        Version now = null;
        for (int i = past.hops().size() - 1; i >= 0; i--) {
            RolledOut.Done done = past.hops().get(i);
            Reversibility way = GoingBack.after(past.plan(), done.hop(), done.phases());
            if (now == null) {
                refused = versionsOf(done);
                if (refused.isEmpty() && running(done.hop().to()).isEmpty() && way == Reversibility.REVERSIBLE) {
                    continue;
                }
            }
            refused = refused.or(() -> add(done, way));
            if (refused.isPresent()) {
                return refused.get();
            }
            now = done.hop().from();
        }
        return planned.isEmpty()
                ? new Refused(
                        "NOTHING_TO_TAKE_BACK",
                        "no node runs what rollout " + past.id() + " has brought; there is nothing to take back")
                : putBack.refused(planned, "taking rollout " + past.id() + " back")
                        .<PlanResult>map(r -> r)
                        .orElseGet(() -> new Planned(putBack.whole(
                                planned, batches, manual, request.policy().with(places.turns(bounds)))));
    }

    private Optional<Refused> noCanaries() {
        return request.turns().hasCanaries()
                ? Optional.of(new Refused(
                        "CANARY", "a plan that takes a rollout back has no canaries: plan it without --canary"))
                : Optional.empty();
    }

    private Optional<Refused> inOrder() {
        if (past.state().isPresent()) {
            return Optional.of(new Refused(
                    "NOT_ENDED",
                    "rollout " + past.id() + " is " + past.state().get() + "; 'rota rollouts rollback " + past.id()
                            + "' takes back the node it works on, and then the whole can be taken back"));
        }
        if (past.plan().restores().isPresent()) {
            return Optional.of(new Refused(
                    "RESTORED",
                    "rollout " + past.id() + " has put a backup back; what was there before is in its own backup:"
                            + " 'rota nodes restore NODE --backup " + past.id() + ".1'"));
        }
        if (past.plan().repair()) {
            return Optional.of(new Refused(
                    "NOTHING_TO_TAKE_BACK",
                    "rollout " + past.id() + " has installed nothing: it has undone what earlier rollouts left over"));
        }
        return past.later()
                .map(later -> new Refused(
                        "ROLLOUT_TOO_OLD",
                        "rollout " + later + " of cluster " + in.cluster().name() + " came after " + past.id()
                                + ", so the cluster is not as " + past.id() + " has left it; take back " + later
                                + " first"));
    }

    private Optional<Refused> versionsOf(RolledOut.Done done) {
        TreeSet<String> strange = new TreeSet<>();
        for (Inventory.Node n : in.cluster().nodes()) {
            Version v = standing.version(n);
            if (!v.equals(done.hop().to()) && !v.equals(done.hop().from())) {
                strange.add(n.name() + " runs " + v);
            }
        }
        return strange.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refused(
                        "VERSIONS_CHANGED",
                        String.join(", ", strange) + ", and rollout " + past.id() + " has left "
                                + done.hop().from() + " or " + done.hop().to()
                                + " on every node; what has happened since cannot be taken back with it"));
    }

    private List<Inventory.Node> running(Version version) {
        return in.cluster().nodes().stream()
                .filter(n -> standing.version(n).equals(version))
                .toList();
    }

    private Optional<Refused> add(RolledOut.Done done, Reversibility way) {
        PlannedHop hop = done.hop();
        Optional<Release> target = in.release(hop.from());
        if (target.isEmpty() || target.get().withdrawn().isPresent()) {
            return Optional.of(new Refused(
                    "RELEASE_MISSING",
                    "the way back leads to " + in.recipe().name() + " " + hop.from() + ", which "
                            + (target.isEmpty() ? "is not in the catalogue" : "was withdrawn") + ": add it ('rota"
                            + " releases add " + in.recipe().name() + " " + hop.from()
                            + " --file FILE'), then plan again"));
        }
        if (way == Reversibility.IRREVERSIBLE) {
            return Optional.of(new Refused("NO_WAY_BACK", noWay(hop)));
        }
        Decided decided = decide(hop, way);
        if (decided.mode() == Mode.FULL_STOP && request.mode().equals(Optional.of(Mode.SOFT))) {
            return Optional.of(new Refused(
                    "SOFT_FORBIDDEN",
                    "going back to " + hop.from() + " softly is not possible: "
                            + decided.reasons()
                                    .get(decided.reasons().size() - 1)
                                    .sentence()));
        }
        boolean first = planned.isEmpty();
        BackOrder turns = new BackOrder(in, done);
        List<String> order = turns.of(
                first && decided.mode() == Mode.SOFT
                        ? running(hop.to())
                        : in.cluster().nodes(),
                decided.mode() == Mode.SOFT);
        SortedMap<String, TakenBack.Backup> restored = new TreeMap<>();
        if (way == Reversibility.WITH_RESTORE) {
            Optional<Refused> missing = choose(done, order, restored);
            if (missing.isPresent()) {
                return missing;
            }
            if (putBack.canShrink()) {
                order = lastOf(order, restored.firstKey());
            }
        }
        Optional<Refused> tight = decided.mode() == Mode.SOFT ? tooTight() : Optional.empty();
        if (tight.isPresent()) {
            return tight;
        }
        List<Plan.Batch> own = putBack.layout(decided.mode(), order, restored.keySet(), false);
        int start = batches.size();
        byHand(done, start + ManualSteps.firstEffect(own));
        if (decided.mode() == Mode.SOFT) {
            places.add(turns.explained(order), start, own, false);
        }
        batches.addAll(own);
        planned.add(new PlannedHop(
                hop.to(),
                hop.from(),
                start,
                decided.mode(),
                putBack.strategy(restored.keySet()),
                decided.reasons(),
                List.of(),
                hop.from().compareTo(hop.to()) < 0,
                target.get().artifact(),
                putBack.undo(restored),
                new WayBack(
                        restored.isEmpty() ? List.of() : hop.wayBack().steps(),
                        Optional.of(hop.artifact()),
                        restored.isEmpty()),
                Optional.of(new TakenBack(past.id(), done.id(), restored))));
        return Optional.empty();
    }

    private record Decided(Mode mode, List<Reason> reasons) {}

    private Decided decide(PlannedHop hop, Reversibility way) {
        List<Reason> looked = new ArrayList<>();
        boolean asked = request.mode().equals(Optional.of(Mode.FULL_STOP));
        looked.add(new Reason(
                Code.OPERATOR_CHOICE,
                asked ? "the operator asked for a full stop" : "the operator did not ask for a full stop",
                asked));
        if (asked) {
            return new Decided(Mode.FULL_STOP, looked);
        }
        long serving = in.cluster().nodes().stream()
                .flatMap(n -> Optional.ofNullable(in.observations().get(n.name())).stream())
                .filter(NodeObservation::healthy)
                .count();
        boolean few = serving < 2 || in.cluster().nodes().size() < 2;
        looked.add(new Reason(
                Code.NOT_CLUSTERED,
                serving + " of " + in.cluster().nodes().size() + " nodes serve, a soft way back needs two",
                few));
        if (few) {
            return new Decided(Mode.FULL_STOP, looked);
        }
        boolean soft = way == Reversibility.REVERSIBLE && hop.mode() == Mode.SOFT;
        looked.add(new Reason(
                Code.TAKES_BACK,
                soft
                        ? "the hop from " + hop.from() + " to " + hop.to() + " went node by node, and nothing keeps "
                                + hop.from() + " from running beside " + hop.to()
                        : way == Reversibility.WITH_RESTORE
                                ? hop.from() + " does not go on with data of " + hop.to()
                                        + ", so it is put back from the backup while no node runs"
                                : "the hop from " + hop.from() + " to " + hop.to() + " was a full stop",
                true));
        return new Decided(soft ? Mode.SOFT : Mode.FULL_STOP, looked);
    }

    private String noWay(PlannedHop hop) {
        List<String> why = new ArrayList<>();
        hop.undo().stream().filter(u -> !u.possible()).map(Undo::sentence).forEach(why::add);
        return "the hop from " + hop.from() + " to " + hop.to() + " cannot be taken back by Rota: "
                + (why.isEmpty() ? "its plan knows no way" : String.join("; ", why))
                + ". Go back by the product's own procedure";
    }

    private static List<String> lastOf(List<String> order, String node) {
        List<String> moved = new ArrayList<>(order);
        moved.remove(node);
        moved.add(node);
        return moved;
    }

    private Optional<Refused> tooTight() {
        int total = in.cluster().nodes().size();
        if (bounds.maxUnavailable() < 1) {
            return Optional.of(new Refused(
                    "MAX_UNAVAILABLE",
                    "going back node by node takes one out of service at a time, --max-unavailable " + bounds.max()
                            + " forbids that: allow 1, or ask for --mode full-stop"));
        }
        return total - 1 < bounds.minServing()
                ? Optional.of(new Refused(
                        "MIN_SERVING",
                        "with " + total + " nodes and one out of service only " + (total - 1)
                                + " serve, fewer than --min-serving " + bounds.min()))
                : Optional.empty();
    }

    /**
     * The backups to put back. Where nodes join, one is enough: of a full stop that of the node that comes up first, else the oldest,
     * from before any node had changed. Otherwise each node needs its own.
     */
    private Optional<Refused> choose(
            RolledOut.Done done, List<String> order, SortedMap<String, TakenBack.Backup> restored) {
        SortedMap<String, TakenBack.Backup> there = done.backups();
        if (putBack.canShrink()) {
            Optional<String> node = done.hop().mode() == Mode.FULL_STOP
                    ? order.stream().filter(there::containsKey).reduce((a, b) -> b)
                    : there.entrySet().stream()
                            .min(Map.Entry.comparingByValue(Comparator.comparing(TakenBack.Backup::at)))
                            .map(Map.Entry::getKey);
            node.flatMap(n -> Optional.ofNullable(there.get(n)).map(b -> Map.entry(n, b)))
                    .ifPresent(e -> restored.put(e.getKey(), e.getValue()));
        } else {
            restored.putAll(there);
        }
        List<String> without = putBack.canShrink()
                ? restored.isEmpty() ? order : List.of()
                : order.stream().filter(n -> !there.containsKey(n)).toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refused(
                        "NO_BACKUP",
                        "rollout " + past.id() + " took no verified backup of " + String.join(", ", without)
                                + " on the hop to " + done.hop().to()
                                + ", and without one the data cannot be put back"));
    }

    private void byHand(RolledOut.Done done, int before) {
        for (ManualStep step : done.byHand()) {
            manual.add(new ManualStep(
                    "b" + (manual.size() + 1),
                    before,
                    "take back, if " + done.hop().from() + " needs that, what was done by hand: " + step.title(),
                    step.lines(),
                    step.cited()));
        }
    }
}

package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.domain.WayBack;
import dev.rota.coordinator.plan.PlanResult.Planned;
import dev.rota.coordinator.plan.PlanResult.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the plan that puts a backup of one node back under the release that is installed. It is a full stop: no other node runs while
 * data that may be shared is replaced, and where nodes join each other all get what the backup holds. Total: every request ends in a
 * plan or a refusal that says what to do.
 */
public final class RestorePlanner {
    private final PlanInputs in;
    private final PlanRequest request;
    private final Restoring what;
    private final String node;
    private final Standing standing;
    private final PutBack putBack;

    private RestorePlanner(PlanInputs in, PlanRequest request, Restoring what, Loss loss) {
        this.in = in;
        this.request = request;
        this.what = what;
        this.node = what.node();
        this.standing = new Standing(in, what.left());
        this.putBack = new PutBack(in, request, standing, loss);
    }

    /**
     * What is to be put back, and what is known about it.
     *
     * @param backup the hop that names the backup; empty: the newest of the installed release
     * @param saved all backups of the node that rollouts have made, newest first
     * @param left what the cluster's last rollout has left on its nodes, as far as it knows
     */
    public record Restoring(String node, String backup, List<Saved> saved, Map<String, Version> left) {
        /** Copies the collections. */
        public Restoring {
            saved = List.copyOf(saved);
            left = Map.copyOf(left);
        }
    }

    /**
     * Plans it.
     *
     * @param loss if what was written since the backup may not be lost, only a dry run shows the plan
     */
    public static PlanResult plan(PlanInputs in, PlanRequest request, Restoring what, Loss loss) {
        return new RestorePlanner(in, request, what, loss).plan();
    }

    private PlanResult plan() {
        Optional<Refused> refused = noWay().or(standing::notReady)
                .or(putBack::unwatched)
                .or(putBack::backupNeeded)
                .or(this::mixed);
        if (refused.isPresent()) {
            return refused.get();
        }
        Version version = standing.version(member());
        Optional<Saved> chosen = what.saved().stream()
                .filter(s -> what.backup().isEmpty()
                        ? s.version().equals(version)
                        : s.hop().equals(what.backup()))
                .findFirst();
        Optional<Release> release = in.release(version);
        if (chosen.isEmpty() || !chosen.get().version().equals(version)) {
            return chosen.map(s -> ofAnother(s, version)).orElseGet(() -> new Refused("NO_BACKUP", none(what)));
        }
        if (release.isEmpty()) {
            return new Refused(
                    "RELEASE_MISSING",
                    in.recipe().name() + " " + version + ", which is installed on " + node
                            + ", is not in the catalogue: add it ('rota releases add "
                            + in.recipe().name() + " "
                            + version + " --file FILE'), then plan again");
        }
        PlannedHop hop = hop(chosen.get(), release.get());
        return putBack.refused(List.of(hop), "putting backup " + chosen.get().hop() + " of " + node + " back")
                .<PlanResult>map(r -> r)
                .orElseGet(() -> new Planned(putBack.whole(List.of(hop), batches(), List.of(), request.policy())));
    }

    private Optional<Refused> noWay() {
        return in.recipe().rollback().containsKey(Phase.RESTORE)
                ? Optional.empty()
                : Optional.of(new Refused(
                        "NO_WAY_BACK",
                        "the recipe " + in.recipe().name() + " does not say how a backup is put back (rollback:"
                                + " restore). 'rota nodes backups " + node
                                + "' shows where it is; put it back by the product's own procedure"));
    }

    /** All nodes are stopped and proven afterwards, by one release. */
    private Optional<Refused> mixed() {
        TreeSet<Version> versions =
                in.cluster().nodes().stream().map(standing::version).collect(Collectors.toCollection(TreeSet::new));
        return versions.size() > 1
                ? Optional.of(new Refused(
                        "MIXED_VERSIONS",
                        "the nodes of " + in.cluster().name() + " have the versions " + versions
                                + "; bring them to one version first, then plan again"))
                : Optional.empty();
    }

    private Refused ofAnother(Saved s, Version version) {
        return new Refused(
                "BACKUP_OF_OTHER_RELEASE",
                "backup " + s.hop() + " of " + node + " is of " + s.version() + ", and " + version
                        + " is installed there, which may not run on it; 'rota plan "
                        + in.cluster().name() + " --rollback-of " + s.rollout() + "' takes release and data back");
    }

    /** Why there is no backup to put back. */
    public static String none(Restoring what) {
        String known = what.saved().stream()
                .map(s -> s.hop() + " (" + s.version() + ", " + s.backup().at() + ")")
                .collect(Collectors.joining(", "));
        return "no rollout has made a verified backup"
                + (what.backup().isEmpty()
                        ? " of " + what.node() + " with the release that is installed"
                        : " " + what.backup() + " of " + what.node())
                + (known.isEmpty() ? "; there is none of that node" : "; known are " + known);
    }

    private Inventory.Node member() {
        return in.cluster().nodes().stream()
                .filter(n -> n.name().equals(node))
                .findFirst()
                .orElseThrow();
    }

    private PlannedHop hop(Saved s, Release release) {
        SortedMap<String, TakenBack.Backup> restored = new TreeMap<>(Map.of(node, s.backup()));
        return new PlannedHop(
                s.version(),
                s.version(),
                0,
                Mode.FULL_STOP,
                putBack.strategy(restored.keySet()),
                List.of(new Reason(
                        Reason.Code.TAKES_BACK,
                        "data is put back on " + node + " from backup " + s.hop() + ", so no node runs meanwhile",
                        true)),
                List.of(),
                false,
                release.artifact(),
                putBack.undo(restored),
                new WayBack(WaysBack.steps(in.recipe(), putBack.estimates()), Optional.of(release.artifact()), false),
                Optional.of(new TakenBack(s.rollout(), s.hop(), restored)));
    }

    /** The node itself comes up first, unready ones are stopped first. */
    private List<Plan.Batch> batches() {
        List<String> order = new ArrayList<>(in.cluster().nodes().stream()
                .map(Inventory.Node::name)
                .filter(n -> !n.equals(node))
                .sorted(Comparator.comparing(this::healthy))
                .toList());
        order.add(node);
        return putBack.layout(Mode.FULL_STOP, order, Set.of(node), true);
    }

    private boolean healthy(String other) {
        return Optional.ofNullable(in.observations().get(other))
                .map(NodeObservation::healthy)
                .orElse(false);
    }
}

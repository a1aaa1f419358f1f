package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.RecordedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one way committed entries change the state: the same on every member, at any time. Total. */
public final class Ledger {
    private Ledger() {}

    /** What became of an entry. */
    public sealed interface Outcome {
        /** The new state; {@code subject} is the id of what was made or changed. */
        record Accepted(CoordinatorState state, String subject) implements Outcome {}

        /** Nothing changed. */
        record Rejected(String code, String reason) implements Outcome {}
    }

    /** Applies an entry. */
    public static Outcome apply(CoordinatorState s, Entry entry) {
        Optional<Outcome> repeated = repeated(s, entry.requestId());
        if (repeated.isPresent()) {
            return repeated.get();
        }
        if (entry instanceof Entry.InventoryDeclared e) {
            return accepted(
                    s.with(e.inventory()).withClusterFacts(s.clusterFacts().of(e.inventory())), "", "");
        } else if (entry instanceof Entry.NodesRecorded e) {
            SortedMap<String, RecordedNode> recorded =
                    new TreeMap<>(s.clusterFacts().recorded());
            recorded.putAll(e.nodes());
            return accepted(
                    s.with(e.inventory()).withClusterFacts(s.clusterFacts().withRecorded(recorded)), "", "");
        } else if (entry instanceof Entry.UndoneByHand e) {
            return undone(s, e);
        } else if (entry instanceof Entry.CoordinatorDeclared e) {
            return declared(s, e);
        } else if (entry instanceof Entry.ReleaseAdded e) {
            return CatalogueEntries.added(s, e);
        } else if (entry instanceof Entry.ReleaseWithdrawn e) {
            return CatalogueEntries.withdrawn(s, e);
        } else if (entry instanceof Entry.ReleaseRemoved e) {
            return CatalogueEntries.removed(s, e);
        } else if (entry instanceof Entry.NotesImported e) {
            return CatalogueEntries.imported(s, e);
        } else if (entry instanceof Entry.NotesRemoved e) {
            return CatalogueEntries.removed(s, e);
        } else if (entry instanceof Entry.PlanMade e) {
            return plan(s, e);
        } else if (entry instanceof Entry.RolloutStarted e) {
            return start(s, e);
        } else {
            return change(s, (Entry.RolloutChanged) entry);
        }
    }

    /** The answer to a request that was carried out already. */
    private static Optional<Outcome> repeated(CoordinatorState s, String requestId) {
        return requestId.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(s.requests().get(requestId)).map(subject -> new Outcome.Accepted(s, subject));
    }

    private static Outcome undone(CoordinatorState s, Entry.UndoneByHand e) {
        List<Compensation> left = new ArrayList<>(s.clusterFacts().leftOver(e.cluster()));
        for (String id : e.ids()) {
            if (!left.removeIf(c -> c.id().equals(id))) {
                return new Outcome.Rejected(
                        LeftOvers.UNKNOWN, "nothing called " + id + " is left over in cluster " + e.cluster());
            }
        }
        return accepted(
                s.withClusterFacts(s.clusterFacts().withLeftOver(e.cluster(), left)), e.requestId(), e.cluster());
    }

    private static Outcome declared(CoordinatorState s, Entry.CoordinatorDeclared e) {
        SortedMap<String, String> coordinators = new TreeMap<>(s.coordinators());
        if (e.address().isEmpty()) {
            coordinators.remove(e.name());
        } else {
            coordinators.put(e.name(), e.address());
        }
        return accepted(s.withCoordinators(coordinators), e.requestId(), e.name());
    }

    private static Outcome plan(CoordinatorState s, Entry.PlanMade e) {
        Plan p = e.plan();
        if (s.plans().containsKey(p.id())) {
            return new Outcome.Accepted(s, p.id());
        }
        Optional<String> stranger = p.batches().stream()
                .flatMap(b -> b.lanes().stream())
                .map(Plan.Lane::node)
                .filter(n -> p.members().stream().noneMatch(m -> m.node().equals(n)))
                .findFirst();
        if (stranger.isPresent() || p.members().isEmpty()) {
            return new Outcome.Rejected(
                    "PLAN_BROKEN",
                    "the plan has steps for '" + stranger.orElse("") + "', which is none of its members");
        }
        SortedMap<String, Plan> plans = new TreeMap<>(s.plans());
        plans.put(p.id(), p);
        List<String> order = new ArrayList<>(s.planOrder());
        order.add(p.id());
        if (order.size() > CoordinatorState.MAX_PLANS) {
            plans.remove(order.remove(0));
        }
        return accepted(s.withPlans(plans, order), e.requestId(), p.id());
    }

    private static Outcome start(CoordinatorState s, Entry.RolloutStarted e) {
        Plan plan = s.plans().get(e.planId());
        if (plan == null) {
            return new Outcome.Rejected("NO_PLAN", "there is no plan " + e.planId());
        }
        Optional<RolloutState> same = s.rollouts().values().stream()
                .filter(r -> r.plan().id().equals(plan.id()))
                .findFirst();
        if (same.isPresent()) {
            return new Outcome.Rejected(
                    "PLAN_APPLIED",
                    "plan " + shortId(plan) + " was applied already, as rollout "
                            + same.get().id() + " (" + same.get().status().label() + ")");
        }
        Optional<Outcome> withdrawn = plan.repair() ? Optional.empty() : CatalogueEntries.withdrawn(s, plan);
        if (withdrawn.isPresent()) {
            return withdrawn.get();
        }
        Optional<RolloutState> active = s.active(plan.cluster());
        if (active.isPresent()) {
            return new Outcome.Rejected(
                    "CLUSTER_BUSY",
                    "rollout " + active.get().id() + " of cluster " + plan.cluster() + " is "
                            + active.get().status().label() + "; end it first");
        }
        if (s.rollouts().containsKey(e.rolloutId())) {
            return new Outcome.Rejected("ROLLOUT_EXISTS", "there is a rollout " + e.rolloutId() + " already");
        }
        if (!inventoryHolds(s, plan)) {
            return new Outcome.Rejected(
                    "STALE_PLAN",
                    "the nodes of cluster " + plan.cluster() + " have changed since plan " + shortId(plan)
                            + " was made; plan again");
        }
        RolloutState first = RolloutState.start(e.rolloutId(), plan, e.by(), e.at(), e.known());
        RolloutState fresh = Compensations.takenOver(
                first.withMixedSince(MixedVersions.atStart(s, first)),
                s.clusterFacts().leftOver(plan.cluster()));
        Transition t = Engine.next(fresh, new Event.Began(e.at()));
        return t instanceof Transition.Accepted a
                ? accepted(
                        withRollout(
                                s.withClusterFacts(s.clusterFacts().withLeftOver(plan.cluster(), List.of())),
                                a.state()),
                        e.requestId(),
                        e.rolloutId())
                : new Outcome.Rejected(
                        "NOT_STARTED",
                        "plan " + shortId(plan) + " cannot begin: " + ((Transition.Rejected) t).reason());
    }

    /** The plan was made for exactly these nodes of this product in these zones. */
    private static boolean inventoryHolds(CoordinatorState s, Plan plan) {
        List<Inventory.Node> planned = plan.members().stream()
                .map(m -> new Inventory.Node(m.node(), m.zone()))
                .toList();
        return s.inventory()
                .cluster(plan.cluster())
                .filter(c -> c.recipe().equals(plan.product()) && c.nodes().equals(planned))
                .isPresent();
    }

    private static String shortId(Plan plan) {
        return plan.id().substring(0, Math.min(12, plan.id().length()));
    }

    private static Outcome change(CoordinatorState s, Entry.RolloutChanged e) {
        RolloutState r = s.rollouts().get(e.rolloutId());
        if (r == null) {
            return new Outcome.Rejected("NO_ROLLOUT", "there is no rollout " + e.rolloutId());
        }
        if (r.revision() != e.expectedRevision()) {
            return new Outcome.Rejected(
                    "STALE", "rollout " + r.id() + " is at revision " + r.revision() + ", not " + e.expectedRevision());
        }
        Transition t = Engine.next(r, e.event());
        if (t instanceof Transition.Rejected no) {
            return new Outcome.Rejected(no.code(), no.reason());
        }
        return accepted(withRollout(s, ((Transition.Accepted) t).state()), e.requestId(), e.rolloutId());
    }

    /** What a rollout that has ended did not undo stays on record with its cluster. */
    private static CoordinatorState withRollout(CoordinatorState before, RolloutState changed) {
        boolean over = changed.status().ended();
        String cluster = changed.plan().cluster();
        RolloutState r = over ? changed.withCompensations(List.of()) : changed;
        CoordinatorState s = over
                ? before.withClusterFacts(
                        Drift.ended(before.clusterFacts().withLeftOver(cluster, changed.compensations()), changed))
                : before;
        if (s.rollouts().containsKey(r.id())) {
            return s.withRollouts(Frozen.with(s.rollouts(), r.id(), r), s.rolloutOrder());
        }
        SortedMap<String, RolloutState> rollouts = new TreeMap<>(s.rollouts());
        rollouts.put(r.id(), r);
        List<String> order = new ArrayList<>(s.rolloutOrder());
        order.add(r.id());
        if (order.size() > CoordinatorState.MAX_ROLLOUTS) {
            forgettable(s.withRollouts(rollouts, order)).ifPresent(id -> {
                order.remove(id);
                rollouts.remove(id);
            });
        }
        return s.withRollouts(rollouts, order);
    }

    /** The oldest rollout that has ended and that nothing else depends on, else the oldest that has ended. */
    private static Optional<String> forgettable(CoordinatorState s) {
        List<RolloutState> ended =
                s.inOrder().stream().filter(r -> r.status().ended()).toList();
        return ended.stream()
                .filter(r -> !FailedVersions.remembers(s, r))
                .findFirst()
                .or(() -> ended.stream().findFirst())
                .map(RolloutState::id);
    }

    /** The new state, which remembers the request. */
    static Outcome accepted(CoordinatorState s, String requestId, String subject) {
        if (requestId.isEmpty()) {
            return new Outcome.Accepted(s, subject);
        }
        SortedMap<String, String> requests = new TreeMap<>(s.requests());
        requests.put(requestId, subject);
        List<String> order = new ArrayList<>(s.requestOrder());
        order.add(requestId);
        if (order.size() > CoordinatorState.MAX_REQUESTS) {
            requests.remove(order.remove(0));
        }
        return new Outcome.Accepted(s.withRequests(requests, order), subject);
    }
}

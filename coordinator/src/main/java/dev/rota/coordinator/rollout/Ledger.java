package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
        if (entry instanceof Entry.InventoryDeclared e) {
            return accepted(
                    new CoordinatorState(
                            e.inventory(),
                            s.releases(),
                            s.plans(),
                            s.rollouts(),
                            s.planOrder(),
                            s.rolloutOrder(),
                            s.requests(),
                            s.requestOrder()),
                    "",
                    "");
        } else if (entry instanceof Entry.ReleaseAdded e) {
            return release(s, e);
        } else if (entry instanceof Entry.PlanMade e) {
            return plan(s, e);
        } else if (entry instanceof Entry.RolloutStarted e) {
            return start(s, e);
        } else {
            return change(s, (Entry.RolloutChanged) entry);
        }
    }

    private static Outcome release(CoordinatorState s, Entry.ReleaseAdded e) {
        Release r = e.release();
        Optional<Release> known = s.release(r.product(), r.version());
        if (known.isPresent()) {
            boolean same = known.get().artifact().sha256().equals(r.artifact().sha256())
                    && known.get().soft().equals(r.soft())
                    && known.get().reason().equals(r.reason());
            return same
                    ? new Outcome.Accepted(s, key(known.get()))
                    : new Outcome.Rejected(
                            "RELEASE_EXISTS",
                            r.product() + " " + r.version() + " is in the catalogue already, with artifact "
                                    + known.get().artifact().sha256() + "; a release never changes");
        }
        SortedMap<String, Release> releases = new TreeMap<>(s.releases());
        releases.put(key(r), r);
        return accepted(
                new CoordinatorState(
                        s.inventory(),
                        releases,
                        s.plans(),
                        s.rollouts(),
                        s.planOrder(),
                        s.rolloutOrder(),
                        s.requests(),
                        s.requestOrder()),
                e.requestId(),
                key(r));
    }

    private static Outcome plan(CoordinatorState s, Entry.PlanMade e) {
        Plan p = e.plan();
        if (s.plans().containsKey(p.id())) {
            return new Outcome.Accepted(s, p.id());
        }
        SortedMap<String, Plan> plans = new TreeMap<>(s.plans());
        plans.put(p.id(), p);
        List<String> order = new ArrayList<>(s.planOrder());
        order.add(p.id());
        if (order.size() > CoordinatorState.MAX_PLANS) {
            plans.remove(order.remove(0));
        }
        return accepted(
                new CoordinatorState(
                        s.inventory(),
                        s.releases(),
                        plans,
                        s.rollouts(),
                        order,
                        s.rolloutOrder(),
                        s.requests(),
                        s.requestOrder()),
                e.requestId(),
                p.id());
    }

    private static Outcome start(CoordinatorState s, Entry.RolloutStarted e) {
        if (s.requests().containsKey(e.requestId())) {
            return new Outcome.Accepted(s, s.requests().getOrDefault(e.requestId(), ""));
        }
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
                    "plan " + plan.id().substring(0, 12) + " was applied already, as rollout "
                            + same.get().id() + " (" + same.get().status().label() + ")");
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
        RolloutState fresh = RolloutState.start(e.rolloutId(), plan, e.by(), e.at());
        return Engine.next(fresh, new Event.Began(e.at())) instanceof Transition.Accepted a
                ? accepted(withRollout(s, a.state()), e.requestId(), e.rolloutId())
                : new Outcome.Rejected("NOT_STARTED", "plan " + plan.id() + " cannot begin");
    }

    private static Outcome change(CoordinatorState s, Entry.RolloutChanged e) {
        if (!e.requestId().isEmpty() && s.requests().containsKey(e.requestId())) {
            return new Outcome.Accepted(s, s.requests().getOrDefault(e.requestId(), ""));
        }
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

    private static CoordinatorState withRollout(CoordinatorState s, RolloutState r) {
        SortedMap<String, RolloutState> rollouts = new TreeMap<>(s.rollouts());
        List<String> order = new ArrayList<>(s.rolloutOrder());
        if (rollouts.put(r.id(), r) == null) {
            order.add(r.id());
        }
        if (order.size() > CoordinatorState.MAX_ROLLOUTS) {
            order.stream()
                    .filter(id ->
                            Objects.requireNonNull(rollouts.get(id)).status().ended())
                    .findFirst()
                    .ifPresent(id -> {
                        order.remove(id);
                        rollouts.remove(id);
                    });
        }
        return new CoordinatorState(
                s.inventory(), s.releases(), s.plans(), rollouts, s.planOrder(), order, s.requests(), s.requestOrder());
    }

    private static Outcome accepted(CoordinatorState s, String requestId, String subject) {
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
        return new Outcome.Accepted(
                new CoordinatorState(
                        s.inventory(),
                        s.releases(),
                        s.plans(),
                        s.rollouts(),
                        s.planOrder(),
                        s.rolloutOrder(),
                        requests,
                        order),
                subject);
    }

    private static String key(Release r) {
        return r.product() + "/" + r.version().text();
    }
}

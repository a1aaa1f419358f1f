package dev.rota.coordinator.runtime;

import dev.rota.contract.Version;
import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.plan.BackPlanner;
import dev.rota.coordinator.plan.Basis;
import dev.rota.coordinator.plan.Loss;
import dev.rota.coordinator.plan.Outlook;
import dev.rota.coordinator.plan.PlanInputs;
import dev.rota.coordinator.plan.PlanRequest;
import dev.rota.coordinator.plan.PlanResult;
import dev.rota.coordinator.plan.Planner;
import dev.rota.coordinator.plan.RestorePlanner;
import dev.rota.coordinator.plan.RestorePlanner.Restoring;
import dev.rota.coordinator.plan.RolledOut;
import dev.rota.coordinator.plan.Saved;
import dev.rota.coordinator.port.CheckAnswer;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Deeds;
import dev.rota.coordinator.rollout.Drift;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.FailedVersions;
import dev.rota.coordinator.rollout.LeftOvers;
import dev.rota.coordinator.rollout.Measured;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.runtime.Refusal.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What operators may ask for. Requests with an id that was granted before are answered as before. May be used by any thread. */
public final class Operations {
    private final Coordinator coordinator;
    private final LoopTasks tasks;
    private final Function<String, List<Note>> notes;
    private final Executor planning;

    /**
     * Creates them on a coordinator.
     *
     * @param notes the release notes of a product
     * @param planning makes the plans: reading many notes takes longer than the loop may be kept waiting
     */
    public Operations(Coordinator coordinator, Function<String, List<Note>> notes, Executor planning) {
        this.coordinator = coordinator;
        this.tasks = new LoopTasks(coordinator);
        this.notes = notes;
        this.planning = planning;
    }

    /** Makes a plan from fresh observations; a dry run is neither kept nor hindered by a rollout under way. */
    public CompletableFuture<Plan> plan(String requestId, PlanRequest request, String by) {
        return plan(requestId, request, by, new Planning() {
            @Override
            public Release target(Inventory.Cluster cluster) throws Refusal {
                Release target = release(cluster.recipe(), request.to());
                notWithdrawn(target);
                return target;
            }

            @Override
            public BiFunction<PlanInputs, PlanRequest, PlanResult> planner() {
                return Planner::plan;
            }
        });
    }

    /** Makes the plan that takes an ended rollout of the request's cluster back; where the request leads to is no matter. */
    public CompletableFuture<Plan> planBack(
            String requestId, PlanRequest request, String rolloutRef, Loss loss, String by) {
        return plan(requestId, request, by, new Planning() {
            @Override
            public Release target(Inventory.Cluster cluster) throws Refusal {
                return release(cluster.recipe(), taken(cluster).plan().from());
            }

            @Override
            public BiFunction<PlanInputs, PlanRequest, PlanResult> planner() throws Refusal {
                RolledOut past = Deeds.of(state(), taken(cluster(request.cluster())));
                return (in, r) -> BackPlanner.plan(in, r, past, loss);
            }

            private RolloutState taken(Inventory.Cluster cluster) throws Refusal {
                RolloutState s = rollout(rolloutRef);
                if (!s.plan().cluster().equals(cluster.name())) {
                    throw new Refusal(
                            Kind.NOT_FOUND,
                            "NO_ROLLOUT",
                            "rollout " + s.id() + " is one of cluster "
                                    + s.plan().cluster() + ", not of " + cluster.name());
                }
                return s;
            }
        });
    }

    /**
     * Makes the plan that puts a backup of a node back; where the request leads to is no matter.
     *
     * @param backup the hop that names it; empty: the newest of the installed release
     */
    public CompletableFuture<Plan> planRestore(
            String requestId, PlanRequest request, String node, String backup, Loss loss, String by) {
        return plan(requestId, request, by, new Planning() {
            @Override
            public Release target(Inventory.Cluster cluster) throws Refusal {
                Restoring what = restoring(cluster);
                Optional<Version> version = what.saved().stream()
                        .filter(s -> backup.isEmpty() || s.hop().equals(backup))
                        .map(Saved::version)
                        .findFirst();
                if (version.isEmpty()) {
                    throw new Refusal(Kind.REFUSED, "NO_BACKUP", RestorePlanner.none(what));
                }
                return release(cluster.recipe(), version.get());
            }

            @Override
            public BiFunction<PlanInputs, PlanRequest, PlanResult> planner() throws Refusal {
                Restoring what = restoring(cluster(request.cluster()));
                return (in, r) -> RestorePlanner.plan(in, r, what, loss);
            }

            private Restoring restoring(Inventory.Cluster cluster) {
                var left = state().inOrder().stream()
                        .filter(r -> r.plan().cluster().equals(cluster.name()))
                        .reduce((a, b) -> b)
                        .map(Deeds::left)
                        .orElseGet(TreeMap::new);
                return new Restoring(node, backup, Deeds.saved(state(), cluster.name(), node), left);
            }
        });
    }

    private CompletableFuture<Plan> plan(String requestId, PlanRequest request, String by, Planning kind) {
        return onLoop(answer -> {
            Optional<Plan> before = Optional.ofNullable(state().requests().get(requestId))
                    .map(id -> state().plans().get(id));
            if (before.isPresent()) {
                answer.complete(before.get());
                return;
            }
            Inventory.Cluster cluster = cluster(request.cluster());
            if (!request.dryRun()) {
                notBusy(cluster.name());
            }
            Release target = kind.target(cluster);
            look(cluster, answer, (view, probeSays) -> {
                recipesMatch(cluster, coordinator.recipe(cluster).digest());
                Collection<Release> releases = state().releasesOf(cluster.recipe());
                String notesDigest = Basis.notes(state().notes(cluster.recipe()));
                var measured = Measured.phases(state(), cluster);
                var failed = FailedVersions.of(state(), cluster.name(), cluster.recipe());
                Instant now = coordinator.clock().now();
                ClusterChecks checks = coordinator.outside(cluster.name());
                Outlook outlook = new Outlook(checks.probePlan(), checks.blockerPlans(), probeSays);
                var planner = kind.planner();
                planning.execute(() -> {
                    try {
                        PlanResult result = planner.apply(
                                new PlanInputs(
                                        cluster,
                                        coordinator.recipe(cluster),
                                        target,
                                        releases,
                                        notes.apply(cluster.recipe()),
                                        notesDigest,
                                        view,
                                        measured,
                                        failed,
                                        now,
                                        by,
                                        outlook),
                                request);
                        coordinator.post(
                                () -> attempt(answer, last -> planned(requestId, request, result, view, last)));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
            });
        });
    }

    /** What a cluster looks like now. */
    private interface Seen {
        void by(SortedMap<String, NodeObservation> view, Optional<String> probeSays) throws Refusal, JournalException;
    }

    /** Looks at a cluster, from inside and from outside. */
    private void look(Inventory.Cluster cluster, CompletableFuture<?> answer, Seen seen) {
        coordinator.probe(cluster.name(), found -> {
            Optional<String> probeSays = found.filter(a -> !a.ok()).map(CheckAnswer::said);
            coordinator
                    .looks()
                    .survey(cluster.nodeNames(), view -> attempt(answer, done -> seen.by(view, probeSays)));
        });
    }

    private void planned(
            String requestId,
            PlanRequest request,
            PlanResult result,
            Map<String, NodeObservation> view,
            CompletableFuture<Plan> answer)
            throws Refusal, JournalException {
        if (result instanceof PlanResult.Refused no) {
            throw new Refusal(Kind.REFUSED, no.code(), no.sentence());
        }
        Plan plan = PlanCodec.address(((PlanResult.Planned) result).plan());
        noDrift(cluster(plan.cluster()), view);
        if (!request.dryRun()) {
            notBusy(plan.cluster());
            nothingLeftOver(plan);
            commit(new Entry.PlanMade(requestId, plan));
            coordinator.announce(plan);
        }
        answer.complete(plan);
    }

    /** Carries a plan out, if nothing it was made from has changed. */
    public CompletableFuture<RolloutState> apply(String requestId, String planRef, String by) {
        return onLoop(answer -> {
            Optional<RolloutState> before = repeated(requestId);
            if (before.isPresent()) {
                answer.complete(before.get());
                return;
            }
            Plan plan = plan(planRef);
            notApplied(plan);
            Inventory.Cluster cluster = cluster(plan.cluster());
            look(cluster, answer, (view, probeSays) -> {
                notApplied(plan);
                available(plan);
                nothingLeftOver(plan);
                fresh(plan, cluster, view);
                noDrift(cluster, view);
                watchedAlike(plan, cluster);
                String id = nextId(plan.cluster());
                commit(new Entry.RolloutStarted(
                        requestId,
                        id,
                        plan.id(),
                        by,
                        coordinator.clock().now(),
                        Known.of(cluster.nodeNames(), view, probeSays)));
                answer.complete(rollout(id));
            });
        });
    }

    /** Pauses, resumes, aborts or retries. */
    public CompletableFuture<RolloutState> control(
            String requestId, String rolloutRef, Event.Control control, String by) {
        return change(requestId, rolloutRef, now -> new Event.Controlled(control, by, now));
    }

    /** Confirms manual steps; none: all the rollout waits for. */
    public CompletableFuture<RolloutState> confirm(String requestId, String rolloutRef, List<String> steps, String by) {
        return change(requestId, rolloutRef, now -> new Event.Confirmed(steps, by, now));
    }

    private CompletableFuture<RolloutState> change(
            String requestId, String rolloutRef, Function<Instant, Event> event) {
        return onLoop(answer -> {
            Optional<RolloutState> before = repeated(requestId);
            if (before.isPresent()) {
                answer.complete(before.get());
                return;
            }
            coordinator.flush(rollout(rolloutRef).id());
            coordinator.awaitQuiet();
            RolloutState s = rollout(rolloutRef);
            Event next = event.apply(coordinator.clock().now());
            commit(new Entry.RolloutChanged(requestId, s.id(), s.revision(), next));
            answer.complete(rollout(s.id()));
        });
    }

    /** The rollout of that id, that beginning of an id, or of that cluster (the active or else the newest). */
    public RolloutState rollout(String ref) throws Refusal {
        CoordinatorState s = state();
        Optional<RolloutState> exact = s.rollout(ref);
        if (exact.isPresent()) {
            return exact.get();
        }
        Optional<RolloutState> ofCluster = s.active(ref)
                .or(() -> s.inOrder().stream()
                        .filter(r -> r.plan().cluster().equals(ref))
                        .reduce((a, b) -> b));
        if (ofCluster.isPresent()) {
            return ofCluster.get();
        }
        var begins = s.rollouts().values().stream()
                .filter(r -> !ref.isEmpty() && r.id().startsWith(ref))
                .toList();
        if (begins.size() == 1) {
            return begins.get(0);
        }
        throw new Refusal(
                Kind.NOT_FOUND,
                "NO_ROLLOUT",
                begins.isEmpty()
                        ? "there is no rollout '" + ref + "'; rota rollouts list shows them"
                        : "'" + ref + "' is the beginning of " + begins.size() + " rollouts");
    }

    /** The plan of that id or unambiguous beginning of at least 6 characters. */
    public Plan plan(String ref) throws Refusal {
        SortedMap<String, Plan> plans = new TreeMap<>(state().plans());
        plans.keySet().removeIf(id -> !id.startsWith(ref));
        if (ref.length() < 6 || plans.size() != 1) {
            String why = ref.length() < 6
                    ? "'" + ref + "' is too short for a plan; give at least 6 characters"
                    : plans.isEmpty()
                            ? "there is no plan '" + ref + "'"
                            : "'" + ref + "' is the beginning of several plans";
            throw new Refusal(Kind.NOT_FOUND, "NO_PLAN", why);
        }
        return Objects.requireNonNull(plans.get(plans.firstKey()));
    }

    /** The cluster of that name. */
    public Inventory.Cluster cluster(String name) throws Refusal {
        return coordinator
                .inventory()
                .cluster(name)
                .orElseThrow(() -> new Refusal(
                        Kind.NOT_FOUND,
                        "NO_CLUSTER",
                        "there is no cluster '" + name + "'; known are: "
                                + String.join(
                                        ", ",
                                        coordinator.inventory().clusters().stream()
                                                .map(Inventory.Cluster::name)
                                                .toList())));
    }

    /** The release of a product. */
    public Release release(String product, Version version) throws Refusal {
        return state().release(product, version)
                .orElseThrow(() -> new Refusal(
                        Kind.NOT_FOUND,
                        "NO_RELEASE",
                        "there is no release " + version + " of " + product
                                + " in the catalogue; rota releases add puts it there"));
    }

    private static void notWithdrawn(Release release) throws Refusal {
        if (release.withdrawn().isPresent()) {
            Release.Withdrawal w = release.withdrawn().get();
            throw new Refusal(
                    Kind.REFUSED,
                    "RELEASE_WITHDRAWN",
                    release.product() + " " + release.version() + " was withdrawn by " + w.by() + ": " + w.reason());
        }
    }

    /** The releases a plan leads to are in the catalogue as they were. */
    private void available(Plan plan) throws Refusal {
        for (PlannedHop hop : plan.hops()) {
            Optional<Release> target = state().release(plan.product(), hop.to());
            if (target.isEmpty() || !target.get().artifact().equals(hop.artifact())) {
                throw stale(plan, "release " + hop.to() + " of " + plan.product() + " was removed or changed");
            }
            notWithdrawn(target.get());
        }
    }

    /** What would keep a plan from being applied now, as far as the nodes were seen last; empty when nothing would. */
    public List<Refusal> hindrances(Plan plan) {
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        for (Plan.Member m : plan.members()) {
            LiveNode live = coordinator.node(m.node());
            live.observation().filter(o -> live.connected()).ifPresent(o -> view.put(m.node(), o));
        }
        List<Check> checks = List.of(
                () -> notApplied(plan),
                () -> available(plan),
                () -> nothingLeftOver(plan),
                () -> fresh(plan, cluster(plan.cluster()), view),
                () -> watchedAlike(plan, cluster(plan.cluster())),
                () -> noDrift(cluster(plan.cluster()), view));
        List<Refusal> hindrances = new ArrayList<>();
        for (Check check : checks) {
            try {
                check.run();
            } catch (Refusal e) {
                hindrances.add(e);
            }
        }
        return List.copyOf(hindrances);
    }

    private interface Check {
        void run() throws Refusal;
    }

    private Optional<RolloutState> repeated(String requestId) {
        return Optional.ofNullable(state().requests().get(requestId))
                .map(id -> state().rollouts().get(id));
    }

    private void notApplied(Plan plan) throws Refusal {
        for (RolloutState r : state().rollouts().values()) {
            if (r.plan().id().equals(plan.id())) {
                throw new Refusal(
                        Kind.REFUSED,
                        "PLAN_APPLIED",
                        "plan " + plan.id().substring(0, 12) + " was applied already, as rollout " + r.id() + " ("
                                + r.status().label() + "); "
                                + (r.status().ended()
                                        ? "make a new plan"
                                        : "rota rollouts watch " + r.id() + " follows it"));
            }
        }
        notBusy(plan.cluster());
    }

    private void noDrift(Inventory.Cluster cluster, Map<String, NodeObservation> view) throws Refusal {
        Optional<String> why = DriftWatch.refusal(state(), cluster, view, coordinator::node);
        if (why.isPresent()) {
            throw new Refusal(Kind.REFUSED, Drift.CODE, why.get());
        }
    }

    private void nothingLeftOver(Plan plan) throws Refusal {
        Optional<String> why = LeftOvers.refusal(state(), plan);
        if (why.isPresent()) {
            throw new Refusal(Kind.REFUSED, LeftOvers.CODE, why.get());
        }
    }

    /** While a rollout changes a cluster, nothing can be planned on what it looks like. */
    void notBusy(String cluster) throws Refusal {
        Optional<RolloutState> active = state().active(cluster);
        if (active.isPresent()) {
            throw new Refusal(
                    Kind.REFUSED,
                    "CLUSTER_BUSY",
                    "rollout " + active.get().id() + " of cluster " + cluster + " is "
                            + active.get().status().label() + "; rota why "
                            + active.get().id()
                            + " says what it waits for, rota rollouts abort "
                            + active.get().id() + " ends it");
        }
    }

    private void fresh(Plan plan, Inventory.Cluster cluster, Map<String, NodeObservation> view) throws Refusal {
        recipesMatch(cluster, plan.recipeDigest());
        SortedMap<String, String> basis = Basis.of(
                cluster,
                state().releasesOf(plan.product()),
                Basis.notes(state().notes(plan.product())),
                plan.from(),
                plan.to());
        view.values().stream()
                .filter(o -> o.version().isEmpty())
                .forEach(o -> basis.putAll(Basis.stopped(List.of(o.node()))));
        if (plan.takesBack().isPresent()) {
            Optional<RolledOut> back =
                    plan.takesBack().flatMap(r -> state().rollout(r)).map(r -> Deeds.of(state(), r));
            if (back.filter(p -> p.later().isEmpty()).isEmpty()) {
                throw stale(
                        plan,
                        "it takes back rollout " + plan.takesBack().get() + ", "
                                + back.flatMap(RolledOut::later)
                                        .map(later -> "and rollout " + later + " has come after that")
                                        .orElse("which is no longer remembered"));
            }
        }
        for (Map.Entry<String, String> e : plan.basis().entrySet()) {
            if (!e.getValue().equals(basis.get(e.getKey()))) {
                throw stale(plan, e.getKey() + " changed since it was made");
            }
        }
        if (!cluster.nodeNames()
                .equals(plan.members().stream().map(Plan.Member::node).toList())) {
            throw stale(plan, "the cluster's nodes are " + cluster.nodeNames() + " now");
        }
        for (Plan.Member m : plan.members()) {
            NodeObservation o = view.get(m.node());
            if (o == null) {
                throw stale(plan, "the agent of node " + m.node() + " does not answer");
            }
            boolean stopped = plan.basis().containsKey(Basis.stopped(m.node()));
            if (!(stopped
                    ? o.artifactSha256().equals(m.artifactSha256())
                    : o.version().equals(Optional.of(m.version())))) {
                throw stale(
                        plan,
                        "node " + m.node() + (stopped ? " had " : " ran ") + m.version() + " and now "
                                + o.version().map(v -> "runs " + v).orElse("does not say its version"));
            }
            if (!o.member().equals(m.member())) {
                throw stale(plan, "node " + m.node() + " was member " + m.member() + " and now is " + o.member());
            }
        }
    }

    /** What watches from outside is configured as it was. */
    private void watchedAlike(Plan plan, Inventory.Cluster cluster) throws Refusal {
        ClusterChecks checks = coordinator.outside(cluster.name());
        if (!plan.oversight().probe().equals(checks.probePlan())
                || !plan.oversight().blockers().equals(checks.blockerPlans())) {
            throw stale(
                    plan,
                    "the outside probe or the blockers of cluster " + cluster.name()
                            + " are configured otherwise than when it was made");
        }
    }

    private static Refusal stale(Plan plan, String what) {
        return new Refusal(
                Kind.REFUSED,
                "STALE_PLAN",
                "plan " + plan.id().substring(0, 12) + " is stale: " + what + "; make a new plan");
    }

    void recipesMatch(Inventory.Cluster cluster, String digest) throws Refusal {
        if (!coordinator.recipe(cluster).digest().equals(digest)) {
            throw new Refusal(
                    Kind.REFUSED,
                    "STALE_PLAN",
                    "the coordinator's recipe " + cluster.recipe() + " has changed since; make a new plan");
        }
        for (String node : cluster.nodeNames()) {
            LiveNode live = coordinator.node(node);
            if (live.connected() && !live.recipeDigest().equals(digest)) {
                throw new Refusal(
                        Kind.REFUSED,
                        "RECIPE_DIFFERS",
                        "the agent of " + node + " has another recipe " + cluster.recipe()
                                + " than the coordinator; install the same file on both");
            }
        }
    }

    String nextId(String cluster) {
        int n = state().rollouts().size() + 1;
        while (state().rollouts().containsKey(cluster + "-" + n)) {
            n++;
        }
        return cluster + "-" + n;
    }

    private CoordinatorState state() {
        return coordinator.state();
    }

    private void commit(Entry entry) throws Refusal, JournalException {
        tasks.commit(entry);
    }

    private <T> CompletableFuture<T> onLoop(LoopTasks.Task<T> task) {
        return tasks.onLoop(task);
    }

    private <T> void attempt(CompletableFuture<T> answer, LoopTasks.Task<T> task) {
        tasks.attempt(answer, task);
    }
}

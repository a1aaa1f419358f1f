package dev.rota.coordinator.grpc;

import static dev.rota.coordinator.grpc.Requests.guarded;
import static dev.rota.coordinator.grpc.Requests.requestId;
import static dev.rota.coordinator.grpc.Requests.usage;
import static dev.rota.coordinator.grpc.Requests.version;

import dev.rota.contract.Recipe;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.plan.Loss;
import dev.rota.coordinator.plan.PlanRequest;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.runtime.Catalogue;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.Operations;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.AcceptNodesRequest;
import dev.rota.wire.operator.v1.AddReleaseRequest;
import dev.rota.wire.operator.v1.ApplyPlanRequest;
import dev.rota.wire.operator.v1.BackupList;
import dev.rota.wire.operator.v1.ChangeCoordinatorRequest;
import dev.rota.wire.operator.v1.ControlRolloutRequest;
import dev.rota.wire.operator.v1.CoordinatorList;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import dev.rota.wire.operator.v1.DiagnoseRequest;
import dev.rota.wire.operator.v1.Diagnosis;
import dev.rota.wire.operator.v1.ExplainRequest;
import dev.rota.wire.operator.v1.Explanation;
import dev.rota.wire.operator.v1.GetPlanRequest;
import dev.rota.wire.operator.v1.GetReleaseRequest;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.GetStatusRequest;
import dev.rota.wire.operator.v1.ImportNotesRequest;
import dev.rota.wire.operator.v1.ListBackupsRequest;
import dev.rota.wire.operator.v1.ListCoordinatorsRequest;
import dev.rota.wire.operator.v1.ListNodesRequest;
import dev.rota.wire.operator.v1.ListReleasesRequest;
import dev.rota.wire.operator.v1.ListRolloutsRequest;
import dev.rota.wire.operator.v1.LogChunk;
import dev.rota.wire.operator.v1.NodeList;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.OperatorGrpc;
import dev.rota.wire.operator.v1.ReadLogsRequest;
import dev.rota.wire.operator.v1.ReleaseList;
import dev.rota.wire.operator.v1.RemoveReleaseRequest;
import dev.rota.wire.operator.v1.RemovedRelease;
import dev.rota.wire.operator.v1.RepairRequest;
import dev.rota.wire.operator.v1.RepairResult;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.RolloutControl;
import dev.rota.wire.operator.v1.RolloutList;
import dev.rota.wire.operator.v1.Status;
import dev.rota.wire.operator.v1.StepDownRequest;
import dev.rota.wire.operator.v1.WithdrawReleaseRequest;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What operators may ask over the wire: checks who asks and how, then hands over. */
public final class OperatorService extends OperatorGrpc.OperatorImplBase {
    private static final Duration MAX_GATE = Duration.ofDays(1);

    private final Coordinator coordinator;
    private final Operations operations;
    private final ReleaseCalls releases;
    private final StatusViews views;
    private final Clock clock;
    private static final int MAX_ASSUMPTIONS = 50;
    private static final int MAX_OVERRIDE = 500;
    private static final int MAX_STEPS = 100;

    private final Duration heartbeat;
    private final Explanations explanations;
    private final FreshReads reads;
    private final RolloutStreams streams;
    private final AnyoneReads anyone;
    private final BackupCalls backups;
    private final CoordinatorCalls coordinators;
    private final DoctorCalls doctor;

    /** Creates the service; {@code executor} delivers to watchers and makes answers that had to wait. */
    public OperatorService(
            Coordinator coordinator,
            Operations operations,
            Catalogue catalogue,
            ArtifactStore artifacts,
            Clock clock,
            Executor executor,
            Duration heartbeat,
            String name,
            String version) {
        this.coordinator = coordinator;
        this.operations = operations;
        this.releases = new ReleaseCalls(coordinator.members(), catalogue, artifacts, coordinator.recipes(), clock);
        this.clock = clock;
        CoordinatorViews members = new CoordinatorViews(coordinator);
        this.views = new StatusViews(coordinator, members, clock, name, version);
        this.heartbeat = heartbeat;
        this.explanations = new Explanations(coordinator, operations, views, clock);
        this.reads = new FreshReads(coordinator.reads(), executor);
        this.streams = new RolloutStreams(coordinator, operations, clock, executor);
        this.anyone = new AnyoneReads(coordinator.reads(), executor);
        this.coordinators = new CoordinatorCalls(coordinator, members);
        this.backups = new BackupCalls(coordinator);
        this.doctor = new DoctorCalls(coordinator, operations, members, clock);
    }

    @Override
    public void getStatus(GetStatusRequest q, StreamObserver<Status> to) {
        anyone.read(to, views::status);
    }

    @Override
    public void listNodes(ListNodesRequest q, StreamObserver<NodeList> to) {
        reads.read(to, () -> {
            List<Inventory.Cluster> clusters = q.getCluster().isEmpty()
                    ? coordinator.inventory().clusters()
                    : List.of(operations.cluster(q.getCluster()));
            return views.nodes(clusters);
        });
    }

    @Override
    public StreamObserver<AddReleaseRequest> addRelease(StreamObserver<dev.rota.wire.operator.v1.Release> to) {
        return releases.add(to);
    }

    @Override
    public void listReleases(ListReleasesRequest q, StreamObserver<ReleaseList> to) {
        reads.read(to, () -> releases.list(q));
    }

    @Override
    public void getRelease(GetReleaseRequest q, StreamObserver<dev.rota.wire.operator.v1.Release> to) {
        reads.read(to, () -> releases.get(q));
    }

    @Override
    public void withdrawRelease(WithdrawReleaseRequest q, StreamObserver<dev.rota.wire.operator.v1.Release> to) {
        releases.withdraw(q, to);
    }

    @Override
    public void removeRelease(RemoveReleaseRequest q, StreamObserver<RemovedRelease> to) {
        releases.remove(q, to);
    }

    @Override
    public StreamObserver<ImportNotesRequest> importNotes(StreamObserver<NotesImport> to) {
        return releases.importNotes(to);
    }

    @Override
    public void createPlan(CreatePlanRequest asked, StreamObserver<dev.rota.wire.operator.v1.Plan> to) {
        guarded(to, asked.getDryRun() ? Role.VIEWER : Role.OPERATOR, by -> {
            CreatePlanRequest q = withCluster(asked);
            requestId(q.getRequestId());
            if (!q.getOverrideNotes().isEmpty() && !q.getDryRun()) {
                Callers.requireOperator(Role.ADMIN);
            }
            PlanRequest request = planRequest(q);
            Answers.later(to, plan(q, request, by), plan -> view(plan, q.getDryRun()));
        });
    }

    /** Whoever puts a backup of a node back need not say of which cluster that is. */
    private CreatePlanRequest withCluster(CreatePlanRequest q) throws Refusal {
        if (q.getRestoreNode().isEmpty()) {
            return q;
        }
        Inventory.Cluster cluster = coordinator
                .inventory()
                .clusterOf(q.getRestoreNode())
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND, "NO_NODE", "there is no node '" + q.getRestoreNode() + "'"));
        return q.toBuilder().setCluster(cluster.name()).build();
    }

    private CompletableFuture<Plan> plan(CreatePlanRequest q, PlanRequest request, String by) {
        Loss loss = new Loss(q.getAcceptLoss(), q.getNoBackup());
        if (!q.getRollbackOf().isEmpty()) {
            return operations.planBack(q.getRequestId(), request, q.getRollbackOf(), loss, by);
        }
        return q.getRestoreNode().isEmpty()
                ? operations.plan(q.getRequestId(), request, by)
                : operations.planRestore(q.getRequestId(), request, q.getRestoreNode(), q.getRestoreBackup(), loss, by);
    }

    @Override
    public void getPlan(GetPlanRequest q, StreamObserver<dev.rota.wire.operator.v1.Plan> to) {
        reads.read(to, () -> view(operations.plan(q.getPlanId()), false));
    }

    @Override
    public void applyPlan(ApplyPlanRequest q, StreamObserver<Rollout> to) {
        guarded(to, Role.OPERATOR, by -> {
            requestId(q.getRequestId());
            Answers.later(to, operations.apply(q.getRequestId(), q.getPlanId(), by), this::view);
        });
    }

    @Override
    public void listRollouts(ListRolloutsRequest q, StreamObserver<RolloutList> to) {
        reads.read(to, () -> {
            if (!q.getCluster().isEmpty()) {
                operations.cluster(q.getCluster());
            }
            RolloutList.Builder b = RolloutList.newBuilder();
            coordinator.state().inOrder().stream()
                    .filter(r -> q.getCluster().isEmpty() || r.plan().cluster().equals(q.getCluster()))
                    .filter(r -> !q.getActiveOnly() || !r.status().ended())
                    .forEach(r -> b.addRollouts(view(r)));
            return b.build();
        });
    }

    @Override
    public void getRollout(GetRolloutRequest q, StreamObserver<Rollout> to) {
        reads.read(to, () -> view(operations.rollout(q.getRollout())));
    }

    @Override
    public void watchRollout(GetRolloutRequest q, StreamObserver<Rollout> to) {
        streams.watch(q, to);
    }

    @Override
    public void controlRollout(ControlRolloutRequest q, StreamObserver<Rollout> to) {
        guarded(to, Role.OPERATOR, by -> {
            requestId(q.getRequestId());
            if (q.getControl() == RolloutControl.ROLLOUT_CONTROL_CONFIRM) {
                List<String> steps = steps(q.getStepsList());
                Answers.later(to, operations.confirm(q.getRequestId(), q.getRollout(), steps, by), this::view);
                return;
            }
            Event.Control control = switch (q.getControl()) {
                case ROLLOUT_CONTROL_PAUSE -> Event.Control.PAUSE;
                case ROLLOUT_CONTROL_RESUME -> Event.Control.RESUME;
                case ROLLOUT_CONTROL_ABORT -> Event.Control.ABORT;
                case ROLLOUT_CONTROL_RETRY -> Event.Control.RETRY;
                case ROLLOUT_CONTROL_ROLLBACK -> Event.Control.ROLLBACK;
                case ROLLOUT_CONTROL_ROLLBACK_ALL -> Event.Control.ROLLBACK_ALL;
                case ROLLOUT_CONTROL_SKIP -> Event.Control.SKIP;
                default ->
                    throw usage("a control must be given: pause, resume, abort, retry, rollback, skip or confirm");
            };
            Answers.later(to, operations.control(q.getRequestId(), q.getRollout(), control, by), this::view);
        });
    }

    @Override
    public void explain(ExplainRequest q, StreamObserver<Explanation> to) {
        reads.read(to, () -> explanations.of(q.getSubject()));
    }

    @Override
    public void readLogs(ReadLogsRequest q, StreamObserver<LogChunk> to) {
        streams.logs(q, to);
    }

    @Override
    public void listBackups(ListBackupsRequest q, StreamObserver<BackupList> to) {
        guarded(to, Role.VIEWER, by -> Answers.later(to, backups.list(q.getSubject()), Function.identity()));
    }

    @Override
    public void listCoordinators(ListCoordinatorsRequest q, StreamObserver<CoordinatorList> to) {
        anyone.read(to, coordinators::list);
    }

    @Override
    public void addCoordinator(ChangeCoordinatorRequest q, StreamObserver<CoordinatorList> to) {
        coordinators.add(q, to);
    }

    @Override
    public void removeCoordinator(ChangeCoordinatorRequest q, StreamObserver<CoordinatorList> to) {
        coordinators.remove(q, to);
    }

    @Override
    public void stepDown(StepDownRequest q, StreamObserver<CoordinatorList> to) {
        coordinators.stepDown(q, to);
    }

    private dev.rota.wire.operator.v1.Plan view(Plan plan, boolean dryRun) {
        Optional<Recipe> recipe =
                coordinator.inventory().cluster(plan.cluster()).map(coordinator::recipe);
        return PlanViews.plan(plan, dryRun).toBuilder()
                .addAllLimits(LimitViews.of(plan, recipe, heartbeat))
                .build();
    }

    @Override
    public void diagnose(DiagnoseRequest q, StreamObserver<Diagnosis> to) {
        reads.read(to, () -> doctor.diagnose(q.getCluster()));
    }

    @Override
    public void repair(RepairRequest q, StreamObserver<RepairResult> to) {
        doctor.repair(q, to);
    }

    @Override
    public void acceptNodes(AcceptNodesRequest q, StreamObserver<NodeList> to) {
        doctor.accept(q, cluster -> views.nodes(List.of(cluster)), to);
    }

    private Rollout view(RolloutState s) {
        return RolloutViews.rollout(s, clock.now(), n -> coordinator.node(n).connected());
    }

    private static PlanRequest planRequest(CreatePlanRequest q) throws Refusal {
        Optional<Mode> mode = Mode.of(q.getMode());
        if (!q.getMode().isEmpty() && mode.isEmpty()) {
            throw usage("mode is soft or full-stop, not '" + q.getMode() + "'");
        }
        return new PlanRequest(
                q.getCluster(),
                to(q),
                mode,
                gate("wait", q.hasGateWaitMs(), q.getGateWaitMs(), 0),
                gate("stable", q.hasGateStableMs(), q.getGateStableMs(), 0),
                gate("retry", q.hasGateRetryMs(), q.getGateRetryMs(), 0),
                gate("every", q.hasGateEveryMs(), q.getGateEveryMs(), 10),
                atLeastOne("max-unavailable", q.getMaxUnavailable()),
                atLeastOne("min-serving", q.getMinServing()),
                q.getAllowDowngrade(),
                assumptions(q.getAssumeMap()),
                override(q.getOverrideNotes()),
                q.getDryRun(),
                Policies.of(q),
                Policies.again(q.getAgain()),
                TurnRequests.of(q));
    }

    /** A plan that takes a rollout back leads to where that began, and one that puts a backup back nowhere, whatever this says. */
    private static Version to(CreatePlanRequest q) throws Refusal {
        if (q.getRollbackOf().isEmpty() && q.getRestoreNode().isEmpty()) {
            return version(q.getTo());
        }
        if (!q.getTo().isEmpty()
                || !(q.getRollbackOf().isEmpty() || q.getRestoreNode().isEmpty())) {
            throw usage(
                    "a plan leads to a version, takes a rollout back, or puts a backup of a node back: one of these");
        }
        return Version.parse("0");
    }

    private static SortedMap<String, String> assumptions(Map<String, String> given) throws Refusal {
        if (given.size() > MAX_ASSUMPTIONS) {
            throw usage("at most " + MAX_ASSUMPTIONS + " assumptions, not " + given.size());
        }
        for (Map.Entry<String, String> e : given.entrySet()) {
            if (!e.getKey().matches("[a-z][a-z0-9._-]{0,31}") || !e.getValue().matches("\\S{1,63}")) {
                throw usage("'" + e.getKey() + "=" + e.getValue() + "' is no assumption: a name of lower-case letters,"
                        + " digits and ._-, and one word, such as storage=sql");
            }
        }
        return new TreeMap<>(given);
    }

    private static String override(String why) throws Refusal {
        if (why.length() > MAX_OVERRIDE || (why.isBlank() && !why.isEmpty())) {
            throw usage("say in 1 to " + MAX_OVERRIDE + " characters why the notes are overridden");
        }
        return why.strip();
    }

    private static List<String> steps(List<String> ids) throws Refusal {
        if (ids.size() > MAX_STEPS || ids.stream().anyMatch(id -> !id.matches("[a-z0-9-]{1,32}"))) {
            throw usage("at most " + MAX_STEPS + " manual steps, each by its id, such as m1");
        }
        return ids;
    }

    private static Optional<Duration> gate(String name, boolean given, int ms, int least) throws Refusal {
        if (!given) {
            return Optional.empty();
        }
        long value = Integer.toUnsignedLong(ms);
        if (value < least || value > MAX_GATE.toMillis()) {
            throw usage("the gate's " + name + " is " + value + " ms; it must be from " + least + " ms to 24 h");
        }
        return Optional.of(Duration.ofMillis(value));
    }

    private static int atLeastOne(String name, int value) throws Refusal {
        if (value < 0 || value > 10_000) {
            throw usage(name + " must be from 1 to 10000");
        }
        return Math.max(1, value);
    }
}

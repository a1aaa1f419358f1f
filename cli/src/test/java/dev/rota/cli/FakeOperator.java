package dev.rota.cli;

import com.google.protobuf.Message;
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
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.ReadLogsRequest;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseList;
import dev.rota.wire.operator.v1.RemoveReleaseRequest;
import dev.rota.wire.operator.v1.RemovedRelease;
import dev.rota.wire.operator.v1.RepairRequest;
import dev.rota.wire.operator.v1.RepairResult;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.RolloutList;
import dev.rota.wire.operator.v1.Status;
import dev.rota.wire.operator.v1.StepDownRequest;
import dev.rota.wire.operator.v1.WithdrawReleaseRequest;
import io.grpc.Metadata;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** A coordinator that answers with samples, fails when told to, and remembers what it was asked. */
public final class FakeOperator extends OperatorGrpc.OperatorImplBase {
    private final List<Message> requests = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Consumer<StreamObserver<Rollout>>> watches = new ArrayDeque<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private Rollout rollout = Samples.started();
    private CoordinatorList coordinators = Samples.coordinators();
    private CoordinatorList afterStepDown =
            Samples.coordinators().toBuilder().setLeaderName("c2").setTerm(8).build();
    private Optional<RuntimeException> importFailure = Optional.empty();
    private NotesImport imported = Samples.notesImport();
    private long received;

    /** All requests so far. */
    public List<Message> requests() {
        return List.copyOf(requests);
    }

    /** The only request of a type. */
    public <M extends Message> M request(Class<M> type) {
        List<M> found =
                requests.stream().filter(type::isInstance).map(type::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " requests of " + type.getSimpleName() + " in " + requests);
        }
        return found.get(0);
    }

    /** Bytes of artifacts received so far. */
    public long received() {
        return received;
    }

    /** From now on every call fails. */
    public void failing(io.grpc.Status status, String rotaCode) {
        Metadata trailers = new Metadata();
        if (!rotaCode.isEmpty()) {
            trailers.put(Metadata.Key.of("rota-code", Metadata.ASCII_STRING_MARSHALLER), rotaCode);
        }
        failure = Optional.of(status.asRuntimeException(trailers));
    }

    /** From now on another coordinator leads: every call is sent there; empty: nobody does. */
    public void sendsTo(String leader) {
        importFailure = Optional.of(notLeader(leader));
        failure = importFailure;
    }

    /** From now on every call is answered. */
    public void leads() {
        importFailure = Optional.empty();
        failure = importFailure;
    }

    private static RuntimeException notLeader(String leader) {
        Metadata trailers = new Metadata();
        trailers.put(Metadata.Key.of("rota-code", Metadata.ASCII_STRING_MARSHALLER), "NOT_LEADER");
        if (!leader.isEmpty()) {
            trailers.put(Metadata.Key.of("rota-leader", Metadata.ASCII_STRING_MARSHALLER), leader);
        }
        return io.grpc.Status.UNAVAILABLE.withDescription("another one leads").asRuntimeException(trailers);
    }

    /** The next subscription gets these rollouts, then the leadership is lost. */
    public void watchMoves(String leader, Rollout... rollouts) {
        watches.add(observer -> {
            List.of(rollouts).forEach(observer::onNext);
            observer.onError(notLeader(leader));
        });
    }

    /** From now on nobody takes over from a leader that steps down. */
    public void nobodyTakesOver() {
        afterStepDown = Samples.coordinators().toBuilder()
                .setLeaderName("")
                .setMayBeOld(true)
                .build();
    }

    /** What {@code GetRollout} and {@code ApplyPlan} answer. */
    public void rollout(Rollout now) {
        rollout = now;
    }

    /** The next subscription gets these rollouts and then ends. */
    public void watchEnds(Rollout... rollouts) {
        watches.add(observer -> {
            List.of(rollouts).forEach(observer::onNext);
            observer.onCompleted();
        });
    }

    /** The next subscription gets these rollouts and then breaks off. */
    public void watchBreaks(Rollout... rollouts) {
        watches.add(observer -> {
            List.of(rollouts).forEach(observer::onNext);
            observer.onError(
                    io.grpc.Status.UNAVAILABLE.withDescription("going down").asRuntimeException());
        });
    }

    /** The next subscription gets these rollouts and then nothing. */
    public void watchStays(Rollout... rollouts) {
        watches.add(observer -> List.of(rollouts).forEach(observer::onNext));
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<Status> observer) {
        answer(request, Samples.status(), observer);
    }

    @Override
    public void listCoordinators(ListCoordinatorsRequest request, StreamObserver<CoordinatorList> observer) {
        answer(request, coordinators, observer);
    }

    @Override
    public void addCoordinator(ChangeCoordinatorRequest request, StreamObserver<CoordinatorList> observer) {
        answer(request, Samples.coordinators(), observer);
    }

    @Override
    public void removeCoordinator(ChangeCoordinatorRequest request, StreamObserver<CoordinatorList> observer) {
        answer(request, Samples.coordinators(), observer);
    }

    @Override
    public void stepDown(StepDownRequest request, StreamObserver<CoordinatorList> observer) {
        coordinators = afterStepDown;
        answer(request, coordinators, observer);
    }

    @Override
    public void diagnose(DiagnoseRequest request, StreamObserver<Diagnosis> observer) {
        answer(request, DoctorSamples.diagnosis(), observer);
    }

    @Override
    public void repair(RepairRequest request, StreamObserver<RepairResult> observer) {
        answer(request, DoctorSamples.repaired(), observer);
    }

    @Override
    public void acceptNodes(AcceptNodesRequest request, StreamObserver<NodeList> observer) {
        answer(request, Samples.nodes(), observer);
    }

    @Override
    public void listNodes(ListNodesRequest request, StreamObserver<NodeList> observer) {
        answer(request, Samples.nodes(), observer);
    }

    @Override
    public void listBackups(ListBackupsRequest request, StreamObserver<BackupList> observer) {
        answer(request, Samples.backups(), observer);
    }

    @Override
    public StreamObserver<AddReleaseRequest> addRelease(StreamObserver<Release> observer) {
        return new StreamObserver<>() {
            private boolean refused;

            @Override
            public void onNext(AddReleaseRequest request) {
                received += request.getData().size();
                if (request.hasHeader()) {
                    requests.add(request.getHeader());
                    refused = failure.isPresent();
                    failure.ifPresent(observer::onError);
                }
            }

            @Override
            public void onError(Throwable thrown) {}

            @Override
            public void onCompleted() {
                if (!refused) {
                    observer.onNext(Samples.release());
                    observer.onCompleted();
                }
            }
        };
    }

    @Override
    public void listReleases(ListReleasesRequest request, StreamObserver<ReleaseList> observer) {
        answer(request, Samples.releases(), observer);
    }

    @Override
    public void getRelease(GetReleaseRequest request, StreamObserver<Release> observer) {
        answer(request, Samples.release(), observer);
    }

    @Override
    public void withdrawRelease(WithdrawReleaseRequest request, StreamObserver<Release> observer) {
        answer(request, Samples.withdrawnRelease(), observer);
    }

    @Override
    public void removeRelease(RemoveReleaseRequest request, StreamObserver<RemovedRelease> observer) {
        answer(request, Samples.removedRelease(), observer);
    }

    /** What {@code ImportNotes} answers. */
    public void imports(NotesImport now) {
        imported = now;
    }

    /** Fails imports of notes only. */
    public void failingImports(io.grpc.Status status) {
        importFailure = Optional.of(status.asRuntimeException());
    }

    @Override
    public StreamObserver<ImportNotesRequest> importNotes(StreamObserver<NotesImport> observer) {
        return new StreamObserver<>() {
            private boolean refused;

            @Override
            public void onNext(ImportNotesRequest request) {
                received += request.getData().size();
                switch (request.getBodyCase()) {
                    case HEADER -> {
                        requests.add(request.getHeader());
                        refused = importFailure.isPresent();
                        importFailure.ifPresent(observer::onError);
                    }
                    case NOTE -> requests.add(request.getNote());
                    default -> {
                        // bytes are only counted
                    }
                }
            }

            @Override
            public void onError(Throwable thrown) {}

            @Override
            public void onCompleted() {
                if (!refused) {
                    observer.onNext(imported);
                    observer.onCompleted();
                }
            }
        };
    }

    @Override
    public void createPlan(CreatePlanRequest request, StreamObserver<Plan> observer) {
        answer(request, PlanSamples.softPlan(), observer);
    }

    @Override
    public void getPlan(GetPlanRequest request, StreamObserver<Plan> observer) {
        answer(request, PlanSamples.softPlan(), observer);
    }

    @Override
    public void applyPlan(ApplyPlanRequest request, StreamObserver<Rollout> observer) {
        answer(request, rollout, observer);
    }

    @Override
    public void listRollouts(ListRolloutsRequest request, StreamObserver<RolloutList> observer) {
        answer(request, Samples.rollouts(), observer);
    }

    @Override
    public void getRollout(GetRolloutRequest request, StreamObserver<Rollout> observer) {
        answer(request, rollout, observer);
    }

    @Override
    public void watchRollout(GetRolloutRequest request, StreamObserver<Rollout> observer) {
        requests.add(request);
        Consumer<StreamObserver<Rollout>> next = watches.poll();
        if (next == null) {
            observer.onError(
                    io.grpc.Status.UNAVAILABLE.withDescription("not there").asRuntimeException());
        } else {
            next.accept(observer);
        }
    }

    @Override
    public void controlRollout(ControlRolloutRequest request, StreamObserver<Rollout> observer) {
        answer(request, rollout, observer);
    }

    @Override
    public void explain(ExplainRequest request, StreamObserver<Explanation> observer) {
        answer(request, Samples.explanation(), observer);
    }

    @Override
    public void readLogs(ReadLogsRequest request, StreamObserver<LogChunk> observer) {
        answer(request, Samples.log(), observer);
    }

    private <T> void answer(Message request, T answer, StreamObserver<T> observer) {
        requests.add(request);
        if (failure.isPresent()) {
            observer.onError(failure.get());
        } else {
            observer.onNext(answer);
            observer.onCompleted();
        }
    }
}

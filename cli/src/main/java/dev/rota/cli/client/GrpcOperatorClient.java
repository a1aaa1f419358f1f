package dev.rota.cli.client;

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
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.OperatorGrpc;
import dev.rota.wire.operator.v1.OperatorGrpc.OperatorBlockingStub;
import dev.rota.wire.operator.v1.OperatorGrpc.OperatorStub;
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.ReadLogsRequest;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseHeader;
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
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The calls of the contract over gRPC, each with a deadline. */
final class GrpcOperatorClient implements OperatorClient {
    private final Endpoints endpoints;
    private final Duration timeout;
    private final Runnable afterClose;

    /** @param afterClose gives back what the channels ran on */
    GrpcOperatorClient(Endpoints endpoints, Duration timeout, Runnable afterClose) {
        this.endpoints = endpoints;
        this.timeout = timeout;
        this.afterClose = afterClose;
    }

    @Override
    public Status status() {
        return call(stub -> stub.getStatus(GetStatusRequest.getDefaultInstance()));
    }

    @Override
    public NodeList nodes(ListNodesRequest request) {
        return call(stub -> stub.listNodes(request));
    }

    @Override
    public BackupList backups(ListBackupsRequest request) {
        return call(stub -> stub.listBackups(request));
    }

    @Override
    public Release addRelease(ReleaseHeader header, Path artifact, TransferListener listener)
            throws IOException, InterruptedException {
        return endpoints.<Release, IOException, InterruptedException>first(channel -> {
            Transfer<AddReleaseRequest, Release> transfer = new Transfer<>(timeout);
            OperatorGrpc.newStub(channel).addRelease(transfer);
            return Upload.release(transfer, header, artifact, listener);
        });
    }

    @Override
    public ReleaseList releases(ListReleasesRequest request) {
        return call(stub -> stub.listReleases(request));
    }

    @Override
    public Release release(GetReleaseRequest request) {
        return call(stub -> stub.getRelease(request));
    }

    @Override
    public Release withdraw(WithdrawReleaseRequest request) {
        return call(stub -> stub.withdrawRelease(request));
    }

    @Override
    public RemovedRelease remove(RemoveReleaseRequest request) {
        return call(stub -> stub.removeRelease(request));
    }

    @Override
    public NotesImport importNotes(NotesHeader header, List<LocalNote> notes) throws IOException, InterruptedException {
        return endpoints.<NotesImport, IOException, InterruptedException>first(channel -> {
            Transfer<ImportNotesRequest, NotesImport> transfer = new Transfer<>(timeout);
            OperatorGrpc.newStub(channel).importNotes(transfer);
            return Upload.notes(transfer, header, notes);
        });
    }

    @Override
    public Plan createPlan(CreatePlanRequest request) {
        return call(stub -> stub.createPlan(request));
    }

    @Override
    public Plan plan(GetPlanRequest request) {
        return call(stub -> stub.getPlan(request));
    }

    @Override
    public Rollout apply(ApplyPlanRequest request) {
        return call(stub -> stub.applyPlan(request));
    }

    @Override
    public RolloutList rollouts(ListRolloutsRequest request) {
        return call(stub -> stub.listRollouts(request));
    }

    @Override
    public Rollout rollout(GetRolloutRequest request) {
        return call(stub -> stub.getRollout(request));
    }

    @Override
    public Rollout control(ControlRolloutRequest request) {
        return call(stub -> stub.controlRollout(request));
    }

    @Override
    public Explanation explain(ExplainRequest request) {
        return call(stub -> stub.explain(request));
    }

    @Override
    public Diagnosis diagnose(DiagnoseRequest request) {
        return call(stub -> stub.diagnose(request));
    }

    @Override
    public RepairResult repair(RepairRequest request) {
        return call(stub -> stub.repair(request));
    }

    @Override
    public NodeList acceptNodes(AcceptNodesRequest request) {
        return call(stub -> stub.acceptNodes(request));
    }

    @Override
    public CoordinatorList coordinators() {
        return call(stub -> stub.listCoordinators(ListCoordinatorsRequest.getDefaultInstance()));
    }

    @Override
    public CoordinatorList addCoordinator(ChangeCoordinatorRequest request) {
        return call(stub -> stub.addCoordinator(request));
    }

    @Override
    public CoordinatorList removeCoordinator(ChangeCoordinatorRequest request) {
        return call(stub -> stub.removeCoordinator(request));
    }

    @Override
    public CoordinatorList stepDown(StepDownRequest request) {
        return call(stub -> stub.stepDown(request));
    }

    @Override
    public Subscription<Rollout> watch(GetRolloutRequest request) {
        return subscribe((stub, observer) -> stub.watchRollout(request, observer));
    }

    @Override
    public Subscription<LogChunk> logs(ReadLogsRequest request) {
        return subscribe((stub, observer) -> stub.readLogs(request, observer));
    }

    @Override
    public void close() {
        endpoints.close();
        afterClose.run();
    }

    private <T> T call(Function<OperatorBlockingStub, T> rpc) {
        return endpoints.<T, RuntimeException, RuntimeException>first(channel -> {
            try {
                return rpc.apply(OperatorGrpc.newBlockingStub(channel).withDeadlineAfter(timeout));
            } catch (StatusRuntimeException e) {
                throw Failures.of(e);
            }
        });
    }

    private <T> Subscription<T> subscribe(BiConsumer<OperatorStub, StreamObserver<T>> rpc) {
        StreamSubscription<Object, T> subscription = new StreamSubscription<>(endpoints::left);
        rpc.accept(OperatorGrpc.newStub(endpoints.channel()), subscription);
        return subscription;
    }
}

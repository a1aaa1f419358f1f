package dev.rota.cli.client;

import dev.rota.wire.operator.v1.AcceptNodesRequest;
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
import dev.rota.wire.operator.v1.ListBackupsRequest;
import dev.rota.wire.operator.v1.ListNodesRequest;
import dev.rota.wire.operator.v1.ListReleasesRequest;
import dev.rota.wire.operator.v1.ListRolloutsRequest;
import dev.rota.wire.operator.v1.LogChunk;
import dev.rota.wire.operator.v1.NodeList;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.NotesImport;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the commands ask of the coordinators. A call that finds one coordinator silent goes on to the next; requests that change something
 * carry an id and may therefore reach more than one. Every call ends within a bounded time, and fails with
 * {@link dev.rota.cli.exit.CommandFailure}.
 */
public interface OperatorClient extends AutoCloseable {
    Status status();

    NodeList nodes(ListNodesRequest request);

    BackupList backups(ListBackupsRequest request);

    /** Sends a release and its artifact; answers when the coordinator has stored, verified and recorded it. */
    Release addRelease(ReleaseHeader header, Path artifact, TransferListener listener)
            throws IOException, InterruptedException;

    ReleaseList releases(ListReleasesRequest request);

    Release release(GetReleaseRequest request);

    Release withdraw(WithdrawReleaseRequest request);

    RemovedRelease remove(RemoveReleaseRequest request);

    /** Sends notes of a product; answers when all are stored and recorded. */
    NotesImport importNotes(NotesHeader header, List<LocalNote> notes) throws IOException, InterruptedException;

    Plan createPlan(CreatePlanRequest request);

    Plan plan(GetPlanRequest request);

    Rollout apply(ApplyPlanRequest request);

    RolloutList rollouts(ListRolloutsRequest request);

    Rollout rollout(GetRolloutRequest request);

    Rollout control(ControlRolloutRequest request);

    Explanation explain(ExplainRequest request);

    /** What a person should look at. */
    Diagnosis diagnose(DiagnoseRequest request);

    /** Undoes what rollouts left over. */
    RepairResult repair(RepairRequest request);

    /** Takes what nodes run for what they should run. */
    NodeList acceptNodes(AcceptNodesRequest request);

    CoordinatorList coordinators();

    CoordinatorList addCoordinator(ChangeCoordinatorRequest request);

    CoordinatorList removeCoordinator(ChangeCoordinatorRequest request);

    /** Answers when the leader has given up its place; who takes it may not be known yet. */
    CoordinatorList stepDown(StepDownRequest request);

    /** The rollout now and after every change, from one coordinator, until it breaks off. {@link RolloutFeed} subscribes again. */
    Subscription<Rollout> watch(GetRolloutRequest request);

    /** Output of steps, oldest first, from one coordinator. */
    Subscription<LogChunk> logs(ReadLogsRequest request);

    @Override
    void close();
}

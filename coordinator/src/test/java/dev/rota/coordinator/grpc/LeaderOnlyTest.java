package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.port.JournalException;
import dev.rota.wire.operator.v1.ApplyPlanRequest;
import dev.rota.wire.operator.v1.ControlRolloutRequest;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import dev.rota.wire.operator.v1.GetPlanRequest;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.GetStatusRequest;
import dev.rota.wire.operator.v1.ListNodesRequest;
import dev.rota.wire.operator.v1.ListReleasesRequest;
import dev.rota.wire.operator.v1.ListRolloutsRequest;
import dev.rota.wire.operator.v1.OperatorGrpc.OperatorBlockingStub;
import dev.rota.wire.operator.v1.ReadLogsRequest;
import dev.rota.wire.operator.v1.ReleaseHeader;
import dev.rota.wire.operator.v1.RemoveReleaseRequest;
import dev.rota.wire.operator.v1.RolloutControl;
import dev.rota.wire.operator.v1.Status;
import dev.rota.wire.operator.v1.WithdrawReleaseRequest;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are answered by a coordinator that does not lead, or cannot be sure that it does. */
class LeaderOnlyTest {
    private static final Map<String, Consumer<OperatorBlockingStub>> QUESTIONS = Map.ofEntries(
            Map.entry("nodes", s -> s.listNodes(ListNodesRequest.getDefaultInstance())),
            Map.entry("releases", s -> s.listReleases(ListReleasesRequest.getDefaultInstance())),
            Map.entry("plan", s -> s.getPlan(GetPlanRequest.getDefaultInstance())),
            Map.entry("rollouts", s -> s.listRollouts(ListRolloutsRequest.getDefaultInstance())),
            Map.entry("rollout", s -> s.getRollout(GetRolloutRequest.getDefaultInstance())),
            Map.entry(
                    "watch",
                    s -> s.watchRollout(GetRolloutRequest.getDefaultInstance()).next()),
            Map.entry(
                    "logs",
                    s -> s.readLogs(ReadLogsRequest.getDefaultInstance()).next()),
            Map.entry(
                    "logs that follow",
                    s -> s.readLogs(ReadLogsRequest.newBuilder().setFollow(true).build())
                            .next()));

    private static final Map<String, Consumer<OperatorBlockingStub>> CHANGES = Map.of(
            "plan",
                    s -> s.createPlan(CreatePlanRequest.newBuilder()
                            .setRequestId("q")
                            .setTo("1")
                            .build()),
            "apply",
                    s -> s.applyPlan(
                            ApplyPlanRequest.newBuilder().setRequestId("q").build()),
            "control",
                    s -> s.controlRollout(ControlRolloutRequest.newBuilder()
                            .setRequestId("q")
                            .setControl(RolloutControl.ROLLOUT_CONTROL_PAUSE)
                            .build()),
            "confirm",
                    s -> s.controlRollout(ControlRolloutRequest.newBuilder()
                            .setRequestId("q")
                            .setControl(RolloutControl.ROLLOUT_CONTROL_CONFIRM)
                            .build()),
            "withdraw",
                    s -> s.withdrawRelease(WithdrawReleaseRequest.newBuilder()
                            .setRequestId("q")
                            .setVersion("1")
                            .setReason("bad")
                            .build()),
            "remove",
                    s -> s.removeRelease(RemoveReleaseRequest.newBuilder()
                            .setRequestId("q")
                            .setVersion("1")
                            .build()));

    @TempDir
    Path directory;

    private OperatorHarness harness;

    @BeforeEach
    void start() throws Exception {
        harness = new OperatorHarness(directory);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void questionsAndChangesAreSentToTheLeader() {
        harness.journal().lose("c2");

        QUESTIONS.forEach((name, call) -> sentTo("c2.example.org:7443", name, () -> call.accept(harness.stub())));
        CHANGES.forEach((name, call) -> sentTo("c2.example.org:7443", name, () -> call.accept(harness.stub())));
        sentTo("c2.example.org:7443", "status", () -> harness.stub().getStatus(GetStatusRequest.getDefaultInstance()));
        sentTo(
                "c2.example.org:7443",
                "add",
                () -> harness.add(ReleaseHeader.newBuilder().setRequestId("q").build(), new byte[1]));
        sentTo(
                "c2.example.org:7443",
                "import",
                () -> harness.importNotes("q", "sample", false, Map.of("a.md", new byte[1])));
        assertThat(harness.stored()).isEmpty();
    }

    @Test
    void withoutALeaderThereIsNowhereToGo() {
        harness.journal().lose("");

        QUESTIONS.forEach((name, call) -> sentTo("", name, () -> call.accept(harness.stub())));
        CHANGES.forEach((name, call) -> sentTo("", name, () -> call.accept(harness.stub())));
    }

    @Test
    void withoutALeaderAnyoneSaysHowThingsStoodWhenItLastHeard() {
        harness.journal().lose("");

        Status status = harness.stub().getStatus(GetStatusRequest.getDefaultInstance());

        assertThat(status.getMayBeOld()).isTrue();
        assertThat(status.getLeaderName()).isEmpty();
        assertThat(status.getCoordinator()).isEqualTo("c1");
    }

    @Test
    void aLeaderWithoutAMajorityAnswersNothingButItsStatus() {
        harness.journal().barriersFail(Optional.of(JournalException.unknownOutcome("nobody answers", null)));

        QUESTIONS.forEach((name, call) -> assertThatThrownBy(() -> call.accept(harness.stub()))
                .as(name)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(trailers(e).get(Answers.CODE)).isEqualTo("NO_MAJORITY")));
        assertThat(harness.stub()
                        .getStatus(GetStatusRequest.getDefaultInstance())
                        .getMayBeOld())
                .isTrue();
    }

    @Test
    void aLeaderWhoseDiskIsFullStillShowsWhatItHas() {
        harness.journal().barriersFail(Optional.of(new JournalException("the disk is full")));

        assertThat(harness.stub()
                        .listReleases(ListReleasesRequest.getDefaultInstance())
                        .getReleasesList())
                .isEmpty();
    }

    @Test
    void whoLeadsAgainAnswersAgain() {
        harness.journal().lose("c2");
        harness.journal().lead();

        Status status = harness.stub().getStatus(GetStatusRequest.getDefaultInstance());

        assertThat(status.getLeader()).isTrue();
        assertThat(status.getMayBeOld()).isFalse();
        assertThat(status.getTerm()).isEqualTo(2);
    }

    private static void sentTo(String address, String name, ThrowingCallable call) {
        assertThatThrownBy(call).as(name).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
            assertThat(trailers(e).get(Answers.CODE)).isEqualTo("NOT_LEADER");
            assertThat(Optional.ofNullable(trailers(e).get(Redirect.LEADER)).orElse(""))
                    .isEqualTo(address);
        });
    }

    private static Metadata trailers(StatusRuntimeException e) {
        return Optional.ofNullable(e.getTrailers()).orElseThrow();
    }
}

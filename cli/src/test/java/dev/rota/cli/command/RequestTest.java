package dev.rota.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.rota.cli.Samples;
import dev.rota.cli.command.Harness.Result;
import dev.rota.wire.operator.v1.AcceptNodesRequest;
import dev.rota.wire.operator.v1.ApplyPlanRequest;
import dev.rota.wire.operator.v1.ChangeCoordinatorRequest;
import dev.rota.wire.operator.v1.ControlRolloutRequest;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import dev.rota.wire.operator.v1.ExplainRequest;
import dev.rota.wire.operator.v1.FailurePolicy;
import dev.rota.wire.operator.v1.GetPlanRequest;
import dev.rota.wire.operator.v1.GetReleaseRequest;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.GetStatusRequest;
import dev.rota.wire.operator.v1.ListCoordinatorsRequest;
import dev.rota.wire.operator.v1.ListNodesRequest;
import dev.rota.wire.operator.v1.ListReleasesRequest;
import dev.rota.wire.operator.v1.ListRolloutsRequest;
import dev.rota.wire.operator.v1.ReadLogsRequest;
import dev.rota.wire.operator.v1.RemoveReleaseRequest;
import dev.rota.wire.operator.v1.RolloutControl;
import dev.rota.wire.operator.v1.StepDownRequest;
import dev.rota.wire.operator.v1.WithdrawReleaseRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestTest {
    private final Harness rota = new Harness();

    @AfterEach
    void close() {
        rota.close();
    }

    static Stream<Arguments> requests() {
        CreatePlanRequest plan = CreatePlanRequest.newBuilder()
                .setRequestId("request-1")
                .setCluster("chat")
                .setTo("24.02")
                .setMaxUnavailable(1)
                .setMinServing(1)
                .build();
        return Stream.of(
                Arguments.of("status", GetStatusRequest.getDefaultInstance()),
                Arguments.of("coordinators list", ListCoordinatorsRequest.getDefaultInstance()),
                Arguments.of(
                        "nodes accept n2 --reason restored",
                        AcceptNodesRequest.newBuilder()
                                .setRequestId("request-1")
                                .setSubject("n2")
                                .setReason("restored")
                                .build()),
                Arguments.of("nodes", ListNodesRequest.getDefaultInstance()),
                Arguments.of(
                        "nodes chat",
                        ListNodesRequest.newBuilder().setCluster("chat").build()),
                Arguments.of(
                        "nodes restore n2",
                        CreatePlanRequest.newBuilder()
                                .setRequestId("request-1")
                                .setRestoreNode("n2")
                                .build()),
                Arguments.of(
                        "nodes restore n2 --backup chat-7.1 --accept-loss --no-backup --stable 5s --dry-run",
                        CreatePlanRequest.newBuilder()
                                .setRequestId("request-1")
                                .setRestoreNode("n2")
                                .setRestoreBackup("chat-7.1")
                                .setAcceptLoss(true)
                                .setNoBackup(true)
                                .setGateStableMs(5000)
                                .setDryRun(true)
                                .build()),
                Arguments.of("releases list", ListReleasesRequest.getDefaultInstance()),
                Arguments.of(
                        "releases list sample",
                        ListReleasesRequest.newBuilder().setProduct("sample").build()),
                Arguments.of(
                        "releases show sample 1.1",
                        GetReleaseRequest.newBuilder()
                                .setProduct("sample")
                                .setVersion("1.1")
                                .build()),
                Arguments.of(
                        "releases withdraw sample 1.1 --reason broken",
                        WithdrawReleaseRequest.newBuilder()
                                .setRequestId("request-1")
                                .setProduct("sample")
                                .setVersion("1.1")
                                .setReason("broken")
                                .build()),
                Arguments.of(
                        "releases remove sample 1.1",
                        RemoveReleaseRequest.newBuilder()
                                .setRequestId("request-1")
                                .setProduct("sample")
                                .setVersion("1.1")
                                .build()),
                Arguments.of("plan chat --to 24.02", plan),
                Arguments.of(
                        "plan --mode full-stop --to 24.02 chat",
                        plan.toBuilder().setMode("full-stop").build()),
                Arguments.of(
                        "plan chat --to 24.02 --mode soft --stable 1m30s --gate-wait 0 --gate-retry 1h --gate-every 500ms"
                                + " --max-unavailable 2 --min-serving 3 --allow-downgrade",
                        plan.toBuilder()
                                .setMode("soft")
                                .setGateStableMs(90_000)
                                .setGateWaitMs(0)
                                .setGateRetryMs(3_600_000)
                                .setGateEveryMs(500)
                                .setMaxUnavailable(2)
                                .setMinServing(3)
                                .setAllowDowngrade(true)
                                .build()),
                Arguments.of(
                        "plan chat --to 24.02 --assume storage=mysql --assume ldap --override-notes tested --explain",
                        plan.toBuilder()
                                .putAssume("storage", "mysql")
                                .putAssume("ldap", "yes")
                                .setOverrideNotes("tested")
                                .build()),
                Arguments.of(
                        "plan chat --to 24.02 --on-failure rollback-node --retries 2 --retry-backoff 5s --again fixed",
                        plan.toBuilder()
                                .setFailure(FailurePolicy.newBuilder()
                                        .setThen("rollback-node")
                                        .setRetries(2)
                                        .setBackoffMs(5000))
                                .setAgain("fixed")
                                .build()),
                Arguments.of(
                        "plan chat --to 24.02 --max-unavailable 30% --min-serving 50% --canary 2 --pause-after canary",
                        plan.toBuilder()
                                .setMaxUnavailablePercent(30)
                                .setMinServingPercent(50)
                                .setCanaryCount(2)
                                .setPauseAfterCanary(true)
                                .build()),
                Arguments.of(
                        "plan chat --to 24.02 --max-unavailable 3 --canary n3,n1",
                        plan.toBuilder()
                                .setMaxUnavailable(3)
                                .addCanaries("n3")
                                .addCanaries("n1")
                                .build()),
                Arguments.of(
                        "plan chat --to 24.02 --dry-run",
                        plan.toBuilder().setDryRun(true).build()),
                Arguments.of(
                        "plan show 9f86d0",
                        GetPlanRequest.newBuilder().setPlanId("9f86d0").build()),
                Arguments.of(
                        "apply 9f86d0",
                        ApplyPlanRequest.newBuilder()
                                .setRequestId("request-1")
                                .setPlanId("9f86d0")
                                .build()),
                Arguments.of("rollouts list", ListRolloutsRequest.getDefaultInstance()),
                Arguments.of(
                        "rollouts list chat --active",
                        ListRolloutsRequest.newBuilder()
                                .setCluster("chat")
                                .setActiveOnly(true)
                                .build()),
                Arguments.of(
                        "rollouts show chat",
                        GetRolloutRequest.newBuilder().setRollout("chat").build()),
                Arguments.of("rollouts pause chat", control(RolloutControl.ROLLOUT_CONTROL_PAUSE)),
                Arguments.of("rollouts resume chat", control(RolloutControl.ROLLOUT_CONTROL_RESUME)),
                Arguments.of("rollouts abort chat", control(RolloutControl.ROLLOUT_CONTROL_ABORT)),
                Arguments.of("rollouts retry chat", control(RolloutControl.ROLLOUT_CONTROL_RETRY)),
                Arguments.of("rollouts rollback chat", control(RolloutControl.ROLLOUT_CONTROL_ROLLBACK)),
                Arguments.of("rollouts skip chat", control(RolloutControl.ROLLOUT_CONTROL_SKIP)),
                Arguments.of(
                        "rollouts confirm chat m1 m2",
                        control(RolloutControl.ROLLOUT_CONTROL_CONFIRM).toBuilder()
                                .addSteps("m1")
                                .addSteps("m2")
                                .build()),
                Arguments.of("rollouts confirm chat --all", control(RolloutControl.ROLLOUT_CONTROL_CONFIRM)),
                Arguments.of(
                        "why n2", ExplainRequest.newBuilder().setSubject("n2").build()));
    }

    @Test
    void whoChangesTheCoordinatorsIsToldAboutTheFiles() {
        Result add = rota.line("coordinators add c4");
        Result remove = rota.line("coordinators remove c2");

        assertThat(rota.operator.requests())
                .containsExactly(
                        ChangeCoordinatorRequest.newBuilder()
                                .setRequestId("request-1")
                                .setName("c4")
                                .build(),
                        ChangeCoordinatorRequest.newBuilder()
                                .setRequestId("request-2")
                                .setName("c2")
                                .build());
        assertThat(add.exitCode()).isZero();
        assertThat(add.err()).startsWith("hint: the configuration files").contains("add c4 to 'coordinators'");
        assertThat(remove.exitCode()).isZero();
        assertThat(remove.err()).contains("stop c2 for good and take it out of 'coordinators'");
    }

    @Test
    void theLeaderOfTheTermThatWasSeenStepsDown() {
        assertThat(rota.line("coordinators step-down").exitCode()).isZero();

        assertThat(rota.operator.requests())
                .contains(StepDownRequest.newBuilder()
                        .setRequestId("request-1")
                        .setTerm(7)
                        .build());
    }

    @Test
    void itIsSaidWhenNobodyTakesOver() {
        rota.operator.nobodyTakesOver();

        Result result = rota.line("coordinators step-down");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err()).contains("the leader of term 7 has stepped down, and nobody leads yet");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void asksForWhatTheCommandLineSays(String line, Message expected) {
        Result result = rota.line(line);

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(rota.operator.requests()).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void answersWithOneJsonDocumentWhenAskedTo(String line, Message expected) {
        Result result = rota.line(line, "--output", "json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("{\n").endsWith("}\n");
        assertThat(result.lines()).filteredOn(l -> l.equals("}")).hasSize(1);
    }

    @Test
    void logsAreReadFromTheRolloutThatTheNameMeans() {
        Result result = rota.line("logs chat --node n2 --phase leave --follow");

        assertThat(result.exitCode()).isZero();
        assertThat(rota.operator.request(GetRolloutRequest.class).getRollout()).isEqualTo("chat");
        assertThat(rota.operator.request(ReadLogsRequest.class))
                .isEqualTo(ReadLogsRequest.newBuilder()
                        .setRollout(Samples.ROLLOUT_ID)
                        .setNode("n2")
                        .setPhase("leave")
                        .setFollow(true)
                        .build());
        assertThat(result.out()).startsWith("12:00:12Z  n2  leave#2     asking ejabberd@n1\n");
    }

    @Test
    void logsAsJsonAreOneDocumentALine() {
        Result result = rota.line("logs chat -o json");

        assertThat(result.lines()).singleElement().asString().startsWith("{\"node\":\"n2\"");
    }

    @Test
    void everyChangeCarriesAFreshRequestId() {
        rota.line("apply 9f86d0");
        rota.line("apply 9f86d0");

        assertThat(rota.operator.requests())
                .extracting(request -> ((ApplyPlanRequest) request).getRequestId())
                .containsExactly("request-1", "request-2");
    }

    @Test
    void aConfirmationNamesStepsOrAll() {
        assertThat(rota.line("rollouts confirm chat").exitCode()).isEqualTo(2);
        Result both = rota.line("rollouts confirm chat m1 --all");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("either name steps or say --all", "rota why chat");
        assertThat(rota.operator.requests()).isEmpty();
    }

    private static ControlRolloutRequest control(RolloutControl control) {
        return ControlRolloutRequest.newBuilder()
                .setRequestId("request-1")
                .setRollout("chat")
                .setControl(control)
                .build();
    }
}

package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.port.Journal.Member;
import dev.rota.coordinator.port.Journal.Role;
import dev.rota.coordinator.security.Identity;
import dev.rota.wire.operator.v1.ChangeCoordinatorRequest;
import dev.rota.wire.operator.v1.CoordinatorList;
import dev.rota.wire.operator.v1.ListCoordinatorsRequest;
import dev.rota.wire.operator.v1.StepDownRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorCallsTest {
    @TempDir
    Path directory;

    private OperatorHarness harness;

    @BeforeEach
    void start() throws Exception {
        harness = new OperatorHarness(directory);
        harness.caller(new Identity.Operator("ada", dev.rota.coordinator.security.Role.ADMIN));
        members(true, true);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private void members(boolean second, boolean third) {
        harness.journal()
                .members(List.of(
                        new Member("c1", Role.LEADER, true, OptionalLong.of(0)),
                        new Member("c2", Role.FOLLOWER, second, second ? OptionalLong.of(5) : OptionalLong.empty()),
                        new Member("c3", Role.FOLLOWER, third, OptionalLong.empty()),
                        new Member("c4", Role.LEARNER, true, OptionalLong.of(9))));
    }

    @Test
    void allAreListedAsTheLeaderSeesThem() {
        members(true, false);

        CoordinatorList list = harness.stub().listCoordinators(ListCoordinatorsRequest.getDefaultInstance());

        assertThat(list.getLeaderName()).isEqualTo("c1");
        assertThat(list.getTerm()).isEqualTo(1);
        assertThat(list.getCoordinatorsList())
                .extracting(c -> c.getName() + " " + c.getRole() + " " + c.getConnected() + " "
                        + (c.hasBehind() ? c.getBehind() : "?") + " " + c.getAddress())
                .containsExactly(
                        "c1 leader true 0 c1.example.org:7443",
                        "c2 follower true 5 c2.example.org:7443",
                        "c3 follower false ? ",
                        "c4 learner true 9 ");
        assertThat(list.getCoordinators(0).getClustersAgree()).isTrue();
        assertThat(list.getCoordinators(1).hasClustersAgree()).isFalse();
    }

    @Test
    void oneThatListensIsAdded() {
        harness.stub().addCoordinator(change("q1", "c4"));

        assertThat(harness.journal().changes()).containsExactly("add c4");
    }

    @Test
    void oneThatIsNotThereCannotBeAdded() {
        refused(
                Status.Code.NOT_FOUND,
                "NOT_CONNECTED",
                "connected are c1, c2, c3, c4",
                () -> harness.stub().addCoordinator(change("q1", "c9")));
        members(true, false);
        refused(
                Status.Code.FAILED_PRECONDITION,
                "NOT_CONNECTED",
                "'c3' is not connected",
                () -> harness.stub().addCoordinator(change("q1", "c3")));
    }

    @Test
    void oneIsRemovedOnceHoweverOftenItIsAsked() {
        harness.stub().removeCoordinator(change("q1", "c2"));
        harness.journal().members(List.of(new Member("c1", Role.LEADER, true, OptionalLong.empty())));
        harness.stub().removeCoordinator(change("q1", "c2"));

        assertThat(harness.journal().changes()).containsExactly("remove c2");
    }

    @Test
    void aLostOneIsRemovedWhileTheOthersAreThere() {
        members(false, true);

        harness.stub().removeCoordinator(change("q1", "c2"));

        assertThat(harness.journal().changes()).containsExactly("remove c2");
    }

    @Test
    void whatWouldStopTheOthersIsRefusedWithTheNumbers() {
        members(true, false);

        refused(
                Status.Code.FAILED_PRECONDITION,
                "NO_MAJORITY_LEFT",
                "without c2 there would be 2 coordinators, of which 2 must be reachable and 1 is (c1)",
                () -> harness.stub().removeCoordinator(change("q1", "c2")));
        refused(
                Status.Code.FAILED_PRECONDITION,
                "LEADS",
                "rota coordinators step-down",
                () -> harness.stub().removeCoordinator(change("q1", "c1")));
        refused(
                Status.Code.NOT_FOUND,
                "NO_COORDINATOR",
                "there are c1, c2, c3, c4",
                () -> harness.stub().removeCoordinator(change("q1", "c9")));
        harness.journal().members(List.of(new Member("c1", Role.LEADER, true, OptionalLong.empty())));
        refused(
                Status.Code.FAILED_PRECONDITION,
                "LAST_COORDINATOR",
                "nothing would be left",
                () -> harness.stub().removeCoordinator(change("q1", "c1")));
        assertThat(harness.journal().changes()).isEmpty();
    }

    @Test
    void theLeaderOfThatTermStepsDown() {
        StepDownRequest request =
                StepDownRequest.newBuilder().setRequestId("q1").setTerm(1).build();

        harness.stub().stepDown(request);
        harness.journal().lead();
        harness.stub().stepDown(request);

        assertThat(harness.journal().changes()).containsExactly("step down");
    }

    @Test
    void nobodyStepsDownForNobody() {
        members(false, false);

        refused(
                Status.Code.FAILED_PRECONDITION,
                "NO_SUCCESSOR",
                "nobody could take over from c1",
                () -> harness.stub()
                        .stepDown(StepDownRequest.newBuilder()
                                .setRequestId("q1")
                                .setTerm(1)
                                .build()));
    }

    @Test
    void changesNeedAnAdminAndAnId() {
        refused(
                Status.Code.INVALID_ARGUMENT,
                "USAGE",
                "needs an id",
                () -> harness.stub().addCoordinator(change("", "c4")));
        harness.caller(new Identity.Operator("bob", dev.rota.coordinator.security.Role.OPERATOR));
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> harness.stub().addCoordinator(change("q", "c4")),
                () -> harness.stub().removeCoordinator(change("q", "c2")),
                () -> harness.stub().stepDown(StepDownRequest.getDefaultInstance()))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
        }
        assertThat(harness.journal().changes()).isEmpty();
    }

    private static ChangeCoordinatorRequest change(String requestId, String name) {
        return ChangeCoordinatorRequest.newBuilder()
                .setRequestId(requestId)
                .setName(name)
                .build();
    }

    private static void refused(Status.Code status, String code, String sentence, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(status);
            assertThat(e.getStatus().getDescription()).contains(sentence);
            assertThat(Optional.ofNullable(e.getTrailers()).orElseThrow().get(Answers.CODE))
                    .isEqualTo(code);
        });
    }
}

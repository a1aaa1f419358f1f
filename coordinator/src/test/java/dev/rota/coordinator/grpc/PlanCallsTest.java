package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.security.Identity;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may plan, and who may only look what would be planned. */
final class PlanCallsTest {
    private static final CreatePlanRequest PLAN = CreatePlanRequest.newBuilder()
            .setRequestId("q1")
            .setCluster("nowhere")
            .setTo("2.0")
            .build();

    private OperatorHarness operators;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        operators = new OperatorHarness(directory);
    }

    @AfterEach
    void stop() throws Exception {
        operators.close();
    }

    private void asked(Role role, CreatePlanRequest request, String code) {
        operators.caller(new Identity.Operator("eve", role));
        assertThatThrownBy(() -> operators.stub().createPlan(request)).hasMessageContaining(code);
    }

    @Test
    void viewersMayOnlyLookWhatWouldBePlanned() {
        asked(Role.VIEWER, PLAN, "PERMISSION_DENIED");
        asked(Role.VIEWER, PLAN.toBuilder().setDryRun(true).build(), "NOT_FOUND");
    }

    @Test
    void turnsThatCannotBeAreRefusedWithWhatWasAsked() {
        asked(Role.OPERATOR, PLAN.toBuilder().setMaxUnavailablePercent(101).build(), "1% to 100%, not 101%");
        asked(Role.OPERATOR, PLAN.toBuilder().setMinServingPercent(-1).build(), "min-serving is 1% to 100%");
        asked(Role.OPERATOR, PLAN.toBuilder().setCanaryCount(51).build(), "1 to 50 canaries, not 51");
        asked(
                Role.OPERATOR,
                PLAN.toBuilder().setCanaryCount(1).addCanaries("n1").build(),
                "counted or named, not both");
        asked(
                Role.OPERATOR,
                PLAN.toBuilder().addCanaries("n1").addCanaries("n1").build(),
                "named twice");
        asked(Role.OPERATOR, PLAN.toBuilder().setPauseAfterCanary(true).build(), "there must be some");
        asked(
                Role.OPERATOR,
                PLAN.toBuilder().setCanaryCount(1).setPauseAfterCanary(true).build(),
                "NOT_FOUND");
    }

    @Test
    void onlyAdminsOverrideNotesInAPlanThatIsKept() {
        CreatePlanRequest override = PLAN.toBuilder().setOverrideNotes("tested").build();

        asked(Role.OPERATOR, override, "PERMISSION_DENIED");
        asked(Role.OPERATOR, override.toBuilder().setDryRun(true).build(), "NOT_FOUND");
        asked(Role.ADMIN, override, "NOT_FOUND");
    }
}

package dev.rota.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.cli.command.Harness.Result;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
    private final Harness rota = new Harness();

    @AfterEach
    void close() {
        rota.close();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT, 2",
        "FAILED_PRECONDITION, 3",
        "ALREADY_EXISTS, 3",
        "NOT_FOUND, 4",
        "UNAVAILABLE, 5",
        "PERMISSION_DENIED, 8",
        "UNAUTHENTICATED, 8",
        "INTERNAL, 1",
        "UNIMPLEMENTED, 1",
        "RESOURCE_EXHAUSTED, 1",
    })
    void theExitCodeTellsWhatTheCoordinatorRefused(Status.Code status, int exitCode) {
        rota.operator.failing(status.toStatus().withDescription("this is why"), "A_CODE");

        Result result = rota.line("apply 9f86d0");

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).first().asString().isEqualTo("rota: this is why [A_CODE]");
    }

    @Test
    void outsideTheWindowHasItsOwnExitCode() {
        rota.operator.failing(
                Status.FAILED_PRECONDITION.withDescription("the window opens on Sunday"), "OUTSIDE_WINDOW");

        assertThat(rota.line("apply 9f86d0").exitCode()).isEqualTo(9);
    }

    @Test
    void aRefusalIsOneLineWithoutACodeWhenThereIsNone() {
        rota.operator.failing(Status.NOT_FOUND.withDescription("no plan starts with\n9f86d0"), "");

        assertThat(rota.line("plan show 9f86d0").err()).isEqualTo("rota: no plan starts with 9f86d0\n");
    }

    @Test
    void anUnreachableCoordinatorIsNamedWithTheIdentity() {
        Result result = rota.line("status --coordinator nowhere:1 --identity /etc/id");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("rota: no coordinator at nowhere:1: "),
                        line -> assertThat(line).startsWith("hint: tried nowhere:1 with the identity in /etc/id; "));
    }

    @Test
    void theNextCoordinatorIsAskedWhenOneIsSilent() {
        assertThat(rota.line("status --coordinator nowhere:1 --coordinator " + Harness.ADDRESS)
                        .exitCode())
                .isZero();
    }

    @Test
    void allSilentCoordinatorsAreNamed() {
        rota.environment.put("ROTA_COORDINATOR", "nowhere:1, elsewhere:2");

        Result result = rota.line("status");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err())
                .startsWith("rota: no coordinator answers: nowhere:1 (")
                .contains("elsewhere:2 (");
    }

    @Test
    void stackTracesAreForThoseWhoAsk() {
        rota.operator.failing(Status.INTERNAL.withDescription("broken"), "");

        assertThat(rota.line("status").err()).doesNotContain("\tat ");
        assertThat(rota.line("status --verbose").err())
                .contains("StatusRuntimeException")
                .contains("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nope",
                "plan",
                "plan chat",
                "plan chat --to 2 --mode hard",
                "plan chat --to 2 --stable soon",
                "plan chat --to 2 --stable 25h",
                "plan chat --to 2 --max-unavailable 0",
                "plan chat --to 2 --min-serving none",
                "plan chat --to 2 --max-unavailable 0%",
                "plan chat --to 2 --max-unavailable 101%",
                "plan chat --to 2 --min-serving -1",
                "plan chat --to 2 --canary 0",
                "plan chat --to 2 --canary n1,n1",
                "plan chat --to 2 --canary 51",
                "plan chat --to 2 --pause-after canary",
                "plan chat --to 2 --canary 1 --pause-after turn",
                "plan chat --rollback-of chat-7 --canary 1",
                "plan show",
                "releases",
                "releases show sample",
                "rollouts pase",
                "apply",
                "status --output yaml",
                "status --coordinator c1",
                "status --coordinator c1:0",
                "status extra",
                "status --colour never",
                "completion fish",
                "help nope",
            })
    void wrongUsageEndsWithTwoAndAHint(String line) {
        Result result = rota.line(line);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("rota: "),
                        second -> assertThat(second).startsWith("hint: "));
        assertThat(rota.operator.requests()).isEmpty();
    }

    @Test
    void anUnknownCommandIsMetWithASuggestion() {
        assertThat(rota.line("rollouts pase").err()).startsWith("rota: unknown command 'pase'; did you mean pause?");
    }

    @Test
    void withoutACoordinatorTheWayToNameOneIsTold() {
        rota.environment.clear();

        Result result = rota.line("status");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("ROTA_COORDINATOR");
    }

    @Test
    void theIdentityComesFromOptionElseEnvironmentElseHome() {
        assertThat(target("status --coordinator nowhere:1")).contains("/home/someone/.config/rota/identity");
        rota.environment.put("ROTA_IDENTITY", "/env/id");
        assertThat(target("status --coordinator nowhere:1")).contains("identity in /env/id;");
        assertThat(target("status --coordinator nowhere:1 --identity /opt/id")).contains("identity in /opt/id;");
    }

    private String target(String line) {
        return rota.line(line).err();
    }
}

package dev.rota.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
    @Test
    void theNumbersAreAContract() {
        assertThat(Arrays.stream(ExitCode.values()).map(code -> code + " " + code.code()))
                .containsExactly(
                        "DONE 0",
                        "INTERNAL 1",
                        "USAGE 2",
                        "REFUSED 3",
                        "NOT_FOUND 4",
                        "NO_COORDINATOR 5",
                        "ROLLOUT_FAILED 6",
                        "HELD 7",
                        "NOT_PERMITTED 8",
                        "OUTSIDE_WINDOW 9",
                        "INTERRUPTED 130");
    }

    @Test
    void theManualListsThemAll() throws IOException {
        String manual = Files.readString(Path.of("../deploy/doc/cli.md"));

        for (ExitCode code : ExitCode.values()) {
            assertThat(manual).contains("| " + code.code() + " | " + code.meaning() + " |");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "succeeded, true, DONE",
        "aborted, true, ROLLOUT_FAILED",
        "failed, true, ROLLOUT_FAILED",
        "rolled-back, true, ROLLOUT_FAILED",
        "held, false, HELD",
        "unheard-of, true, ROLLOUT_FAILED",
    })
    void aRolloutThatNeedsNoMoreWaitingHasAnExitCode(String state, boolean ended, ExitCode expected) {
        assertThat(ExitCode.ofRollout(state, ended)).isEqualTo(Optional.of(expected));
    }

    @ParameterizedTest
    @CsvSource({"running", "pausing", "paused", "aborting", "unheard-of"})
    void aRolloutThatGoesOnHasNone(String state) {
        assertThat(ExitCode.ofRollout(state, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT, '', USAGE",
        "FAILED_PRECONDITION, '', REFUSED",
        "FAILED_PRECONDITION, STALE_PLAN, REFUSED",
        "FAILED_PRECONDITION, OUTSIDE_WINDOW, OUTSIDE_WINDOW",
        "ALREADY_EXISTS, '', REFUSED",
        "NOT_FOUND, '', NOT_FOUND",
        "UNAVAILABLE, '', NO_COORDINATOR",
        "DEADLINE_EXCEEDED, '', NO_COORDINATOR",
        "PERMISSION_DENIED, '', NOT_PERMITTED",
        "UNAUTHENTICATED, '', NOT_PERMITTED",
        "INTERNAL, '', INTERNAL",
        "UNKNOWN, '', INTERNAL",
        "CANCELLED, '', INTERNAL",
    })
    void aFailedCallHasTheExitCodeOfItsStatus(String status, String rotaCode, ExitCode expected) {
        assertThat(ExitCode.ofStatus(status, rotaCode)).isEqualTo(expected);
    }
}

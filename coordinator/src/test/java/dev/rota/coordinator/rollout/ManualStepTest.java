package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rollout that a person must help along. */
class ManualStepTest {
    private static final String NOTE = """
            # Upgrade to shop 23.04

            There is no special procedure. Change the schema of MySQL:

            ```sql
            ALTER TABLE users ADD COLUMN nick text;
            ALTER TABLE users DROP COLUMN old_nick;
            ```
            """;

    private final Drive drive = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3")
            .note("notes/23.04.md", NOTE)
            .assume("storage", "mysql"));

    private Drive staged() {
        for (String phase : List.of("stage", "check")) {
            for (String node : List.of("n1", "n2", "n3")) {
                assertThat(drive.key(node).phase().label()).isEqualTo(phase);
                drive.answer(node, Outcome.DONE);
            }
        }
        return drive;
    }

    private List<String> open() {
        return drive.rollout().status() instanceof RolloutStatus.Unconfirmed u ? u.open() : List.of();
    }

    private void confirm(String... steps) {
        drive.send(new Event.Confirmed(List.of(steps), "ann", drive.now()));
    }

    @Test
    void nothingIsTakenOutBeforeAPersonHasConfirmed() {
        assertThat(open()).isEmpty();
        staged();
        assertThat(open()).containsExactly("m1");
        assertThat(drive.rollout().facts().outOfService()).isEmpty();
        Why why = Why.explain(drive.rollout(), node -> true, drive.now());
        assertThat(why.code()).isEqualTo("MANUAL_STEP");
        assertThat(why.evidence()).contains("  ALTER TABLE users ADD COLUMN nick text;");
        assertThat(why.answers()).extracting(Why.Answer::command).contains("rota rollouts confirm r1 m1");

        confirm("m1");
        assertThat(drive.rollout().status()).isInstanceOf(RolloutStatus.Running.class);
        assertThat(drive.rollout().facts().confirmed()).containsExactly("m1");
    }

    @Test
    void onlyWhatIsWaitedForCanBeConfirmed() {
        confirm("m1");
        assertThat(drive.rejection()).isEqualTo("NOT_NOW");
        staged();
        confirm("m2");
        assertThat(drive.rejection()).isEqualTo("NO_STEP");
        confirm("m9");
        assertThat(drive.rejection()).isEqualTo("NO_STEP");
        confirm();
        assertThat(drive.rejection()).isEmpty();
        assertThat(drive.rollout().facts().confirmed()).containsExactly("m1");
    }

    @Test
    void itCanBeAbortedWhileItWaits() {
        staged().control(Control.RETRY);
        assertThat(drive.rejection()).isEqualTo("NOT_NOW");
        drive.control(Control.ABORT);
        assertThat(drive.rollout().status()).isInstanceOf(RolloutStatus.Aborted.class);
    }
}

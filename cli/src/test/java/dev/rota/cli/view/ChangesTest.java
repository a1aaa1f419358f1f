package dev.rota.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.cli.Samples;
import dev.rota.cli.StallSamples;
import dev.rota.cli.view.layout.Page;
import dev.rota.wire.operator.v1.NodeProgress;
import dev.rota.wire.operator.v1.Rollout;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private final Changes changes = new Changes();

    @Test
    void theSameStateTellsNothingTwice() {
        assertThat(changes.take(Samples.running())).isNotEmpty();
        assertThat(changes.take(Samples.running())).isEmpty();
        assertThat(changes.take(Samples.started())).isEmpty();
    }

    @Test
    void aStepThatBeganUnseenIsToldWithItsEnd() {
        changes.take(Samples.started());

        assertThat(lines(Samples.running()))
                .contains("12:00:02Z  n2  backup    done       2.19s")
                .noneMatch(l -> l.contains("backup    running"));
    }

    @Test
    void aGateIsToldWhenItBeginsAndWhenItIsPassed() {
        changes.take(Samples.running());

        assertThat(lines(Samples.gating()))
                .containsExactly(
                        "12:00:14Z  n2  leave     done       2.00s  attempt 2",
                        "12:00:30Z  n2  gate      running    verify gate: serving for 4s of 30s");
        assertThat(lines(Samples.succeeded())).contains("12:00:53Z  n2  gate      done       30.0s  verify");
    }

    @Test
    void aPhaseThatComesAgainInALaterBatchIsToldAgainAndOnlyOnce() {
        NodeProgress twice = Samples.progress("n1", "cleanup", 90_000).toBuilder()
                .addSteps(Samples.step("check", 1, "done", 100, 240))
                .addSteps(Samples.running("check", 1, 90_000))
                .build();
        Rollout rollout =
                Samples.running().toBuilder().setRevision(20).setNodes(0, twice).build();
        changes.take(Samples.running());

        assertThat(lines(rollout)).containsExactly("12:01:30Z  n1  check     running");
        assertThat(changes.take(rollout)).isEmpty();
    }

    @Test
    void whatEndsIsToldBeforeWhatBeginsAtTheSameMoment() {
        changes.take(Samples.running());
        NodeProgress next = Samples.progress("n1", "drain", 80_000).toBuilder()
                .addSteps(Samples.step("check", 1, "done", 100, 240))
                .addSteps(Samples.running("drain", 1, 80_000))
                .addGates(Samples.step("drain", 1, "done", 79_000, 80_000).toBuilder()
                        .setMessage("take-out"))
                .build();

        assertThat(lines(Samples.running().toBuilder()
                        .setRevision(20)
                        .setNodes(0, next)
                        .build()))
                .containsExactly(
                        "12:01:20Z  n1  gate      done       1.00s  take-out", "12:01:20Z  n1  drain     running");
    }

    @Test
    void aTurnIsDoneOnce() {
        changes.take(Samples.running());
        Rollout done = Samples.running().toBuilder()
                .setRevision(20)
                .setNodes(0, Samples.progress("n1", "done", 80_000))
                .build();
        Rollout cleaning = done.toBuilder()
                .setRevision(21)
                .setNodes(0, Samples.progress("n1", "cleanup", 90_000))
                .build();

        assertThat(lines(done)).containsExactly("12:01:20Z  n1  turn      done");
        assertThat(lines(cleaning)).isEmpty();
        assertThat(lines(done.toBuilder().setRevision(22).build())).isEmpty();
    }

    private List<String> lines(Rollout rollout) {
        Page page = new Page(Page.UNLIMITED, false, Samples.NOON);
        return changes.take(rollout).stream()
                .map(change -> change.line(Changes.nodeWidth(rollout), page))
                .toList();
    }

    @Test
    void aRolloutThatStandsStillIsToldOnce() {
        changes.take(Samples.running());

        assertThat(lines(StallSamples.stalled())).hasSize(1).first().asString().contains("-   rollout   STALLED");
        assertThat(changes.take(StallSamples.stalled())).isEmpty();
    }
}

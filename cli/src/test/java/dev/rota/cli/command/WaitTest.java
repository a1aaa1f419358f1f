package dev.rota.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.cli.Golden;
import dev.rota.cli.Samples;
import dev.rota.cli.command.Harness.Result;
import dev.rota.cli.command.console.Terminal;
import dev.rota.wire.operator.v1.ApplyPlanRequest;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.Rollout;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitTest {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";

    private final Harness rota = new Harness();

    @AfterEach
    void close() {
        rota.close();
    }

    @Test
    void aRunIsToldChangeByChangeAndSummedUp() {
        rota.operator.watchEnds(Samples.started(), Samples.running(), Samples.succeeded());

        Result result = rota.line("apply 9f86d0 --wait");

        assertThat(result.exitCode()).isZero();
        assertThat(rota.operator.request(ApplyPlanRequest.class).getPlanId()).isEqualTo("9f86d0");
        assertThat(rota.operator.request(GetRolloutRequest.class).getRollout()).isEqualTo(Samples.ROLLOUT_ID);
        Golden.check("wait-succeeded", result.out());
    }

    @Test
    void aHoldIsShownWholeAndNeedsAPerson() {
        rota.operator.watchStays(Samples.started(), Samples.running(), Samples.held());

        Result result = rota.line("rollouts watch chat");

        assertThat(result.exitCode()).isEqualTo(7);
        Golden.check("wait-held", result.out());
    }

    @Test
    void anAbortedRolloutEndsBadly() {
        rota.operator.watchEnds(Samples.running().toBuilder()
                .setRevision(50)
                .setState("aborted")
                .setEndedAt(Samples.at(25_000))
                .build());

        assertThat(rota.line("apply 9f86d0 --wait").exitCode()).isEqualTo(6);
    }

    @Test
    void aRolloutThatHasEndedIsSummedUpWithoutASubscription() {
        rota.operator.rollout(Samples.succeeded());

        Result result = rota.line("rollouts watch chat");

        assertThat(result.exitCode()).isZero();
        assertThat(rota.operator.requests()).hasSize(1);
    }

    @Test
    void aBrokenStreamLosesAndRepeatsNothing() {
        rota.operator.watchEnds(Samples.started(), Samples.running(), Samples.succeeded());
        String unbroken = rota.line("apply 9f86d0 --wait").out();
        rota.operator.watchBreaks(Samples.started(), Samples.running());
        rota.operator.watchBreaks();
        rota.operator.watchEnds(Samples.running());
        rota.operator.watchStays(Samples.started(), Samples.running(), Samples.succeeded());

        Result result = rota.line("apply 9f86d0 --wait");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo(unbroken);
        assertThat(result.err().lines())
                .containsExactly(
                        "rota: lost the coordinator (no coordinator at c1:7000: going down); trying again for 2m",
                        "rota: a coordinator answers again",
                        "rota: lost the coordinator (the coordinator ended the stream); trying again for 2m",
                        "rota: a coordinator answers again");
    }

    @Test
    void anOutageThatDoesNotEndIsReportedAsSuch() {
        rota.operator.watchBreaks(Samples.running());

        Result result = rota.line("apply 9f86d0 --wait");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err()).contains("hint: the rollout goes on: rota rollouts watch 60303ae22b99\n");
        assertThat(rota.pacer.uptime()).isBetween(Duration.ofSeconds(100), Duration.ofMinutes(2));
        assertThat(rota.pacer.pauses()).allMatch(pause -> pause.compareTo(Duration.ofSeconds(5)) <= 0);
    }

    @Test
    void jsonIsOneDocumentForEachState() {
        rota.operator.watchBreaks(Samples.started(), Samples.running());
        rota.operator.watchEnds(Samples.running(), Samples.succeeded());

        Result result = rota.line("apply 9f86d0 --wait --output json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"id\":") && line.endsWith("}"))
                .last()
                .asString()
                .contains("\"state\":\"succeeded\"");
    }

    @Test
    void interruptingTheWaitLeavesTheRolloutAlone() {
        rota.interrupts = work -> {
            Thread.currentThread().interrupt();
            return work.get();
        };
        rota.operator.watchStays(Samples.running());

        Result result = rota.line("apply 9f86d0 --wait");

        assertThat(result.exitCode()).isEqualTo(130);
        assertThat(result.err()).isEqualTo("rota: the rollout goes on: rota rollouts watch 60303ae22b99\n");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aPersonSeesAScreenAndGetsTheCursorBack() {
        rota.terminal = new Terminal(true, 100, 30);
        rota.operator.watchEnds(Samples.running(), Samples.succeeded());

        Result result = rota.line("apply 9f86d0 --wait --color never");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .startsWith(HIDE_CURSOR)
                .containsOnlyOnce(HIDE_CURSOR)
                .containsOnlyOnce(SHOW_CURSOR);
        assertThat(result.out().substring(result.out().indexOf(SHOW_CURSOR)))
                .contains("rollout 60303ae22b99 succeeded")
                .contains("Phases, milliseconds");
    }

    @Test
    void anInterruptedScreenGivesTheCursorBack() {
        rota.terminal = new Terminal(true, 100, 30);
        rota.interrupts = work -> {
            Thread.currentThread().interrupt();
            return work.get();
        };

        Result result = rota.line("rollouts watch chat");

        assertThat(result.exitCode()).isEqualTo(130);
        assertThat(result.out()).endsWith("\u001b[?7h" + SHOW_CURSOR);
    }

    @Test
    void anOlderStateFromAnotherCoordinatorIsPassedOver() {
        Rollout older =
                Samples.held().toBuilder().setRevision(3).setState("paused").build();
        rota.operator.watchEnds(Samples.running(), older, Samples.succeeded());

        assertThat(rota.line("apply 9f86d0 --wait").out()).doesNotContain("paused");
    }
}

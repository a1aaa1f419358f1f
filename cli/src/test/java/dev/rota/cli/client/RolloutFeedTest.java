package dev.rota.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rota.cli.FakeOperator;
import dev.rota.cli.ManualPacer;
import dev.rota.cli.Samples;
import dev.rota.cli.client.RolloutFeed.Lost;
import dev.rota.cli.client.RolloutFeed.Quiet;
import dev.rota.cli.client.RolloutFeed.Regained;
import dev.rota.cli.client.RolloutFeed.Seen;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutFeedTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ZERO;

    private final FakeOperator one = new FakeOperator();
    private final FakeOperator other = new FakeOperator();
    private final InProcess coordinators = new InProcess().serve("c1:1", one).serve("c2:1", other);
    private final ManualPacer pacer = new ManualPacer();
    private final OperatorClient client = coordinators.open(
            new Target(List.of(Address.parse("c1:1"), Address.parse("c2:1")), Path.of("id"), Duration.ofSeconds(30)));
    private final RolloutFeed feed = new RolloutFeed(client, "r1", pacer);

    @AfterEach
    void close() {
        feed.close();
        client.close();
        coordinators.close();
    }

    @Test
    void theOtherCoordinatorTakesOverForTheSameRollout() throws InterruptedException {
        one.watchBreaks(Samples.started());
        other.watchStays(Samples.running());

        assertThat(feed.next(LONG)).isEqualTo(new Seen(Samples.started()));
        assertThat(feed.next(LONG)).isInstanceOf(Lost.class);
        assertThat(feed.next(LONG)).isEqualTo(new Regained());
        assertThat(feed.next(LONG)).isEqualTo(new Seen(Samples.running()));
        assertThat(feed.next(AT_ONCE)).isEqualTo(new Quiet());
        assertThat(other.request(GetRolloutRequest.class).getRollout()).isEqualTo("r1");
    }

    @Test
    void theFeedGoesToTheLeaderAlsoWhenItIsNotInTheList() throws InterruptedException {
        FakeOperator third = new FakeOperator();
        coordinators.serve("c3:1", third);
        one.watchMoves("c3:1", Samples.started());
        third.watchStays(Samples.running());

        assertThat(feed.next(LONG)).isEqualTo(new Seen(Samples.started()));
        assertThat(feed.next(LONG)).isInstanceOf(Lost.class);
        assertThat(feed.next(LONG)).isEqualTo(new Regained());
        assertThat(feed.next(LONG)).isEqualTo(new Seen(Samples.running()));
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void triesAreEverLessOften() throws InterruptedException {
        one.watchBreaks(Samples.started());
        feed.next(LONG);
        for (int i = 0; i < 8; i++) {
            feed.next(LONG);
        }

        assertThat(pacer.pauses())
                .extracting(Duration::toMillis)
                .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 5000L, 5000L);
    }

    @Test
    void aCallerWhoWaitsLessThanThePauseIsNotHeldUp() throws InterruptedException {
        one.watchBreaks(Samples.started());
        other.watchStays(Samples.running());
        feed.next(LONG);
        feed.next(LONG);

        assertThat(feed.next(Duration.ofMillis(100))).isEqualTo(new Quiet());
        assertThat(feed.next(Duration.ofMillis(100))).isEqualTo(new Quiet());
        assertThat(other.requests()).isEmpty();
        assertThat(feed.next(Duration.ofMillis(100))).isEqualTo(new Regained());
        assertThat(pacer.uptime()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void aCoordinatorThatConnectsButSaysNothingDoesNotExtendTheOutage() throws InterruptedException {
        one.watchBreaks(Samples.started());
        other.watchStays();
        feed.next(LONG);
        feed.next(LONG);
        assertThat(feed.next(Duration.ofMillis(250))).isEqualTo(new Quiet());

        pacer.sleep(RolloutFeed.LONGEST_OUTAGE);

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> feed.next(AT_ONCE))
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_COORDINATOR));
    }
}

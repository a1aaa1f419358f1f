package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.ProbeSpan;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.fixture.Watched;
import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.RolloutState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProberTest {
    private static final Check SERVICE = new Check.Tcp("service", 80);
    private static final ClusterChecks.Probe PROBE =
            new ClusterChecks.Probe(SERVICE, Duration.ofSeconds(1), Duration.ofSeconds(2));

    private final TimersByHand loop = new TimersByHand();
    private final List<Event.Probed> committed = new ArrayList<>();
    private boolean well = true;
    private boolean mayCommit = true;
    private boolean urgent;
    private Duration answersAfter = Duration.ZERO;
    private Optional<ClusterChecks.Probe> configured = Optional.of(PROBE);
    private final Prober prober = new Prober(
            new Checks(
                    (check, timeout, answer) -> {
                        CheckAnswer a = new CheckAnswer(well, well ? "" : "no connection");
                        var unused =
                                loop.schedule(() -> answer.accept(a), answersAfter.toMillis(), TimeUnit.MILLISECONDS);
                    },
                    loop),
            cluster -> new ClusterChecks(configured, List.of()),
            loop,
            loop::time,
            (rollout, event) -> {
                if (mayCommit) {
                    committed.add((Event.Probed) event);
                }
                return mayCommit;
            },
            (rollout, event) -> urgent);
    private final RolloutState rollout = rollout();

    private static RolloutState rollout() {
        Situation shop = Situation.of("shop", "23.01", "23.04", "n1", "n2");
        return Watched.drive(
                        shop,
                        new Oversight(
                                Optional.of(PROBE.plan()),
                                Budget.none(),
                                List.of(),
                                Oversight.BLOCKED_LIMIT,
                                Optional.empty(),
                                List.of()))
                .rollout();
    }

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    private void begin() {
        prober.lead();
        prober.reconcile(rollout);
        loop.pass(Duration.ZERO);
    }

    private static List<String> outcomes(List<ProbeSpan> spans) {
        return spans.stream().map(s -> s.count() + (s.ok() ? " ok" : " failed")).toList();
    }

    @Test
    void onlyTheOneThatLeadsProbes() {
        prober.reconcile(rollout);
        loop.pass(Duration.ofMinutes(1));
        assertThat(committed).isEmpty();

        begin();
        assertThat(committed).hasSize(1);
        prober.stop();
        loop.pass(Duration.ofMinutes(5));
        assertThat(committed).hasSize(1);
    }

    @Test
    void whatItSawIsCommittedWhenTheServiceGoesDownOrComesBackElseEveryHalfMinute() {
        begin();
        assertThat(outcomes(committed.get(0).spans())).containsExactly("1 ok");
        loop.pass(Duration.ofSeconds(29));
        assertThat(committed).hasSize(1);
        loop.pass(Duration.ofSeconds(1));
        assertThat(committed).hasSize(2);
        assertThat(outcomes(committed.get(1).spans())).containsExactly("30 ok");

        loop.pass(Duration.ofSeconds(5));
        well = false;
        loop.pass(Duration.ofSeconds(1));
        assertThat(committed).hasSize(3);
        assertThat(outcomes(committed.get(2).spans())).containsExactly("5 ok", "1 failed");
        assertThat(committed.get(2).spans().get(1).said()).isEqualTo("no connection");
        assertThat(prober.sight(rollout).orElseThrow().failedAt()).contains(loop.time());

        loop.pass(Duration.ofSeconds(3));
        well = true;
        loop.pass(Duration.ofSeconds(1));
        assertThat(committed).hasSize(4);
        assertThat(outcomes(committed.get(3).spans())).containsExactly("3 failed", "1 ok");
    }

    @Test
    void whatWouldHoldTheRolloutIsCommittedAtOnce() {
        begin();
        well = false;
        loop.pass(Duration.ofSeconds(1));
        loop.pass(Duration.ofSeconds(3));
        assertThat(committed).hasSize(2);
        urgent = true;
        loop.pass(Duration.ofSeconds(1));
        assertThat(committed).hasSize(3);
        assertThat(outcomes(committed.get(2).spans())).containsExactly("4 failed");
    }

    @Test
    void whatCannotBeCommittedIsKept() {
        begin();
        mayCommit = false;
        well = false;
        loop.pass(Duration.ofSeconds(3));
        assertThat(prober.flush(rollout.id())).isFalse();
        mayCommit = true;
        assertThat(prober.flush(rollout.id())).isTrue();
        assertThat(outcomes(committed.get(1).spans())).containsExactly("3 failed");
        assertThat(prober.flush(rollout.id())).as("nothing is left").isFalse();
    }

    /** It tells of a coordinator that stood still, and nothing of the service; the time is one nobody watched. */
    @Test
    void anAnswerThatComesMuchTooLateIsDropped() {
        begin();
        answersAfter = Duration.ofSeconds(2);
        loop.pass(Duration.ofSeconds(1));
        answersAfter = Duration.ZERO;
        loop.sleep(Duration.ofSeconds(60));
        loop.pass(Duration.ZERO);
        prober.flush(rollout.id());
        assertThat(committed.get(committed.size() - 1).spans())
                .as("no probe was begun before it went on")
                .allMatch(s -> s.first().isAfter(Situation.T0.plusSeconds(60)));
    }

    @Test
    void anotherConfigurationThanThePlansIsNoProbe() {
        configured = Optional.of(new ClusterChecks.Probe(SERVICE, Duration.ofSeconds(9), Duration.ofSeconds(2)));
        begin();
        loop.pass(Duration.ofMinutes(1));
        assertThat(committed).isEmpty();
        var sight = prober.sight(rollout).orElseThrow();
        assertThat(sight.ok()).isFalse();
        assertThat(sight.said()).contains("configured with another probe");
    }
}

package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rollouts that do not move. */
class StallTest {
    private static Drive soft() {
        return Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3"));
    }

    @Test
    void aStepThatIsNotAnsweredLongAfterItsDeadlineIsAnAlarmAndNotASecondEarlier() {
        Drive d = soft().untilWorking("n1", Phase.INSTALL);
        Working w = (Working) d.rollout().node("n1");
        Instant due = w.deadline();

        assertThat(Stall.of(d.rollout(), due.plus(Stall.BOUND))).isEmpty();
        assertThat(Stall.of(d.rollout(), due.plus(Stall.BOUND).plusSeconds(1))).hasValueSatisfying(s -> {
            assertThat(s.since()).isEqualTo(due);
            assertThat(s.node()).contains("n1");
            assertThat(s.phase()).contains(Phase.INSTALL);
        });
    }

    @Test
    void aGateThatChangesAgainAndAgainIsAnAlarm() {
        Drive d = soft().untilGating("n1", Phase.VERIFY);
        Instant begun = ((Gating) d.rollout().node("n1")).since();
        Duration longest = Duration.ofSeconds(1 + 20 + 3);
        boolean good = false;
        while (d.now().isBefore(begun.plus(longest).plus(Stall.BOUND).plusSeconds(2))) {
            good = !good;
            d.wait(Duration.ofSeconds(2));
            if (good) {
                d.look("n1");
            } else {
                d.look("n1", v -> new TreeMap<>());
            }
        }

        assertThat(d.rollout().node("n1")).isInstanceOf(Gating.class);
        assertThat(Stall.of(d.rollout(), d.now())).isPresent();
        Why why = Why.explain(d.rollout(), n -> true, d.now());
        assertThat(why.code()).isEqualTo(Stall.CODE);
        assertThat(why.evidence().get(0)).startsWith("likely cause: ");
        assertThat(why.answers()).isNotEmpty();
    }

    @Test
    void theLikelyCauseNamesSilentAgentsElseTheJournal() {
        Drive d = soft().untilWorking("n1", Phase.INSTALL);
        Instant late = d.now().plus(Duration.ofHours(1));
        Stall stall = Stall.of(d.rollout(), late).orElseThrow();

        assertThat(stall.cause(d.rollout(), n -> !n.equals("n1"))).contains("silent agents: n1");
        assertThat(stall.cause(d.rollout(), n -> true)).contains("journal");
    }

    @Test
    void whoWaitsForAPersonOrHasEndedIsNoAlarm() {
        Drive held = soft().untilWorking("n1", Phase.INSTALL).answer("n1", Outcome.FAILED);
        Drive paused = soft().control(Control.PAUSE).until(r -> r.status() instanceof RolloutStatus.Paused);
        Drive ended = soft().until(r -> r.status().ended());

        assertThat(Stream.of(held, paused, ended))
                .allSatisfy(d -> assertThat(Stall.of(d.rollout(), d.now().plus(Duration.ofDays(9))))
                        .isEmpty());
    }

    @Test
    void noMomentOfARunThatGoesWellIsAnAlarm() {
        soft().until(r -> {
            assertThat(Stall.of(
                            r,
                            r.history().isEmpty()
                                    ? r.startedAt()
                                    : r.history().get(r.history().size() - 1).finishedAt()))
                    .isEmpty();
            return r.status().ended();
        });
    }
}

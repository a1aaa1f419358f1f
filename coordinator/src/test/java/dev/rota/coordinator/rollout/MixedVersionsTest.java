package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MixedVersionsTest {
    private static Situation shop() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3");
    }

    @Test
    void theClockBeginsWithTheFirstNodeAndEndsWithTheLast() {
        Drive d = Drive.of(shop()).untilGating("n1", Phase.VERIFY);
        assertThat(MixedVersions.of(d.rollout())).isEmpty();
        d.untilGating("n2", Phase.DRAIN);
        assertThat(MixedVersions.of(d.rollout()))
                .hasValueSatisfying(m -> assertThat(m.limit()).isEqualTo(Duration.ofHours(24)));
        d.until(r -> r.status().ended());
        assertThat(MixedVersions.of(d.state(), "chat")).isEmpty();
    }

    @Test
    void theNextRolloutGoesOnWithTheClockOfTheOneBefore() {
        Drive d = Drive.of(shop()).untilWorking("n2", Phase.DRAIN).answer("n2", Outcome.FAILED);
        d.control(Control.ABORT).until(r -> r.status().ended());
        Instant since = MixedVersions.of(d.state(), "chat").orElseThrow().since();
        Plan rest = shop().runs("n1", "23.04").plan();
        Drive next = Drive.at(d.state(), d.now().plusSeconds(3600));
        next.apply(new Entry.PlanMade("", rest));
        next.apply(new Entry.RolloutStarted("q1", "r2", rest.id(), "ann", next.now()));
        assertThat(MixedVersions.of(next.state(), "chat"))
                .hasValueSatisfying(m -> assertThat(m.since()).isEqualTo(since));
    }

    @Test
    void aFullStopEndsIt() {
        Plan plan = shop().runs("n1", "23.04").mode(Mode.FULL_STOP).plan();
        Drive d = Drive.of(shop().runs("n1", "23.04").mode(Mode.FULL_STOP), plan);
        assertThat(MixedVersions.of(d.state(), "chat")).isPresent();
        d.until(r -> r.status().ended());
        assertThat(MixedVersions.of(d.state(), "chat")).isEmpty();
    }

    @Test
    void beyondItsLimitItIsAnAlarm() {
        Plan plan =
                Plans.withPolicy(shop().plan(), new Policy(FailurePolicy.DEFAULT, Duration.ofMinutes(90)));
        Drive d = Drive.of(shop(), plan).untilGating("n2", Phase.DRAIN);
        MixedVersions m = MixedVersions.of(d.rollout()).orElseThrow();
        Instant last = m.since().plus(Duration.ofMinutes(90));
        assertThat(m.sentence(last))
                .isEqualTo("two versions have run side by side since " + m.since() + "; they may for 90m");
        assertThat(m.tooLong(last)).isFalse();
        assertThat(m.sentence(last.plusMillis(1)))
                .isEqualTo("two versions have run side by side since " + m.since() + ", longer than the 90m they may");

        Drive paused = Drive.of(shop(), plan).untilWorking("n2", Phase.BACKUP).control(Control.PAUSE);
        Why soon = Why.explain(paused.rollout(), n -> true, paused.now());
        assertThat(soon.evidence()).anyMatch(e -> e.contains("they may for 90m"));
        Drive held = Drive.of(shop(), plan).untilWorking("n2", Phase.STOP).answer("n2", Outcome.FAILED);
        Why late = Why.explain(held.rollout(), n -> true, held.now().plus(Duration.ofHours(2)));
        assertThat(late.code()).isEqualTo("STEP_FAILED");
        assertThat(late.evidence()).anyMatch(e -> e.contains("longer than the 90m they may"));
        held.control(Control.ABORT).until(r -> r.status().ended());
        assertThat(Why.explain(held.rollout(), n -> true, held.now().plus(Duration.ofHours(2)))
                        .code())
                .isEqualTo(MixedVersions.CODE);
    }
}

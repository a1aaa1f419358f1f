package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.ProbePlan;
import dev.rota.coordinator.domain.ProbeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeLogTest {
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    private static final ProbePlan PLAN =
            new ProbePlan("GET http://127.0.0.1:1/", Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Duration HOLE = PLAN.hole();

    /** One probe: how long after the one before it was sent, and whether it failed. */
    private record Shot(int afterMs, boolean ok) {}

    private static final List<Shot> SHOTS =
            List.of(new Shot(1000, true), new Shot(1000, false), new Shot(9000, true), new Shot(9000, false));

    /** Every row of up to five probes, with and without holes before each, cut into deliveries in every way. */
    @Test
    void theSumsAreThoseOfTheSingleProbesHoweverTheyAreDelivered() {
        int rows = 0;
        for (int length = 0; length <= 5; length++) {
            for (int code = 0; code < Math.pow(SHOTS.size(), length); code++) {
                List<Shot> row = row(code, length);
                Availability expected = counted(row);
                for (int cuts = 0; cuts < Math.max(1, 1 << Math.max(0, length - 1)); cuts++) {
                    Availability total = delivered(row, cuts).total();
                    assertThat(total).as("%s cut as %s", row, cuts).isEqualTo(expected);
                }
                rows++;
            }
        }
        assertThat(rows).isEqualTo(1 + 4 + 16 + 64 + 256 + 1024);
    }

    private static Availability batch(ProbeLog log, int index) {
        return Objects.requireNonNull(log.batches().get(index));
    }

    private static List<Shot> row(int code, int length) {
        List<Shot> row = new ArrayList<>();
        for (int i = 0, rest = code; i < length; i++, rest /= SHOTS.size()) {
            row.add(SHOTS.get(rest % SHOTS.size()));
        }
        return row;
    }

    /** Straight from the definition, probe by probe. */
    private static Availability counted(List<Shot> row) {
        long failed = 0;
        long down = 0;
        long longest = 0;
        long current = 0;
        long outages = 0;
        long unwatched = 0;
        long holes = 0;
        boolean before = false;
        for (Shot s : row) {
            if (s.afterMs() > HOLE.toMillis()) {
                unwatched += s.afterMs();
                holes++;
            }
            if (before) {
                down += s.afterMs();
                current += s.afterMs();
            }
            longest = Math.max(longest, current);
            if (!s.ok()) {
                failed++;
                outages += before ? 0 : 1;
            } else {
                current = 0;
            }
            before = !s.ok();
        }
        return new Availability(
                row.size(),
                failed,
                Duration.ofMillis(down),
                Duration.ofMillis(longest),
                Duration.ofMillis(current),
                outages,
                Duration.ofMillis(unwatched),
                holes);
    }

    /** A bit of {@code cuts} ends a span behind the probe of that number, as a turn of the outcome or a hole always do. */
    private static ProbeLog delivered(List<Shot> row, int cuts) {
        List<ProbeSpan> spans = new ArrayList<>();
        Instant at = T0;
        for (int i = 0; i < row.size(); i++) {
            Shot s = row.get(i);
            at = at.plusMillis(s.afterMs());
            boolean cut = i == 0 || (cuts >> (i - 1) & 1) == 1 || s.afterMs() > HOLE.toMillis();
            int last = spans.size() - 1;
            if (!cut && spans.get(last).ok() == s.ok()) {
                spans.set(last, spans.get(last).and(at, ""));
            } else {
                spans.add(ProbeSpan.of(s.ok(), at, ""));
            }
        }
        ProbeLog log = ProbeLog.begin(T0, false);
        for (ProbeSpan span : spans) {
            log = log.and(span, 0, HOLE);
        }
        return log;
    }

    @Test
    void anOutageIsFromTheFirstProbeThatFailedToTheNextThatDidNot() {
        ProbeLog log = log(false, "+1000", "-1000", "-1000", "+1000", "+1000");
        assertThat(log.total().down()).isEqualTo(Duration.ofSeconds(2));
        assertThat(log.total().longest()).isEqualTo(Duration.ofSeconds(2));
        assertThat(log.total().outages()).isEqualTo(1);
        assertThat(log.total().failed()).isEqualTo(2);
        assertThat(log.total().probes()).isEqualTo(5);
        assertThat(log.down()).isFalse();
    }

    @Test
    void timeNobodyWatchedIsNeitherUpNorForgotten() {
        ProbeLog log = log(false, "+1000", "+20000");
        assertThat(log.total().down()).isZero();
        assertThat(log.total().unwatched()).isEqualTo(Duration.ofSeconds(20));
        assertThat(log.total().holes()).isEqualTo(1);
    }

    @Test
    void anOutageUnderWayCountsThroughAHole() {
        ProbeLog log = log(false, "-1000", "-20000", "+1000");
        assertThat(log.total().down()).isEqualTo(Duration.ofSeconds(21));
        assertThat(log.total().unwatched()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void whatIsAfterTheLastProbeIsAHoleWhenItIsLong() {
        ProbeLog log = log(false, "+1000");
        assertThat(log.until(T0.plusSeconds(3), PLAN).holes()).isZero();
        assertThat(log.until(T0.plusSeconds(60), PLAN).unwatched()).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void aRolloutThatNobodyProbedIsUnwatchedAsAWhole() {
        Availability a = ProbeLog.begin(T0, false).until(T0.plusSeconds(60), PLAN);
        assertThat(a.probes()).isZero();
        assertThat(a.unwatched()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void eachBatchHasItsOwnPart() {
        ProbeLog log = ProbeLog.begin(T0, false)
                .and(ProbeSpan.of(false, T0.plusSeconds(1), "a"), 1, HOLE)
                .and(ProbeSpan.of(false, T0.plusSeconds(2), "b"), 2, HOLE)
                .and(ProbeSpan.of(true, T0.plusSeconds(3), ""), 2, HOLE);
        assertThat(log.batches().keySet()).containsExactly(1, 2);
        assertThat(batch(log, 1).failed()).isEqualTo(1);
        assertThat(batch(log, 1).down()).isZero();
        assertThat(batch(log, 2).down()).isEqualTo(Duration.ofSeconds(2));
        assertThat(batch(log, 2).outages()).isEqualTo(1);
        assertThat(log.total().outages()).isEqualTo(1);
        assertThat(log.said()).isEqualTo("b");
    }

    @Test
    void aClockThatWentBackAddsNothing() {
        ProbeLog log = ProbeLog.begin(T0, false)
                .and(ProbeSpan.of(false, T0.plusSeconds(5), ""), 0, HOLE)
                .and(ProbeSpan.of(true, T0.plusSeconds(2), ""), 0, HOLE);
        assertThat(log.total().down()).isZero();
        assertThat(log.watchedUntil()).isEqualTo(T0.plusSeconds(5));
    }

    @Test
    void aBudgetIsExceededByMoreThanItAndNotByIt() {
        ProbeLog log = log(false, "-1000", "-1000", "+1000");
        assertThat(log.exceeds(Budget.none())).isEmpty();
        assertThat(log.exceeds(downtime(2000))).isEmpty();
        assertThat(log.exceeds(downtime(1999)))
                .contains("the service was unavailable for 2000 ms, the budget is 1999 ms");
        assertThat(log.exceeds(new Budget(Optional.empty(), Optional.of(2L)))).isEmpty();
        assertThat(log.exceeds(new Budget(Optional.empty(), Optional.of(1L))))
                .contains("2 probes have failed, the budget is 1");
        assertThat(log.forgiven().exceeds(downtime(0))).isEmpty();
    }

    @Test
    void whatWasBrokenBeforeTheStartIsNotCountedUntilItHasWorkedOnce() {
        ProbeLog before = log(true, "-1000", "-1000");
        assertThat(before.excused()).isTrue();
        assertThat(before.total().down()).isEqualTo(Duration.ofSeconds(1));
        assertThat(before.exceeds(downtime(0))).isEmpty();

        ProbeLog well = log(true, "-1000", "-1000", "+1000");
        assertThat(well.excused()).isFalse();
        assertThat(well.exceeds(downtime(0))).isEmpty();

        ProbeLog again = log(true, "-1000", "+1000", "-1000", "+500");
        assertThat(again.exceeds(downtime(400)))
                .contains("the service was unavailable for 500 ms, the budget is 400 ms");
    }

    private static Budget downtime(long ms) {
        return new Budget(Optional.of(Duration.ofMillis(ms)), Optional.empty());
    }

    /** Probes that succeed or fail, each so many milliseconds after the one before. */
    private static ProbeLog log(boolean excused, String... shots) {
        ProbeLog log = ProbeLog.begin(T0, excused);
        Instant at = T0;
        for (String s : shots) {
            at = at.plusMillis(Long.parseLong(s.substring(1)));
            log = log.and(ProbeSpan.of(s.charAt(0) == '+', at, ""), 0, HOLE);
        }
        return log;
    }
}

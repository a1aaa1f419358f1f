package dev.rota.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void theLongestGapLiesBetweenSuccesses() {
        Tally tally = new Tally(0);
        tally.success(100);
        tally.failure("refused");
        tally.success(1_100);
        tally.success(1_200);
        tally.end(1_300);
        assertThat(tally.longestGap()).isEqualTo(Duration.ofNanos(1_000));
        assertThat(tally.requests()).isEqualTo(4);
        assertThat(tally.failed()).isOne();
        assertThat(tally.reasons()).containsEntry("refused", 1L);
    }

    @Test
    void aGapThatLastsToTheEndCounts() {
        Tally tally = new Tally(0);
        tally.success(100);
        tally.end(5_100);
        assertThat(tally.longestGap()).isEqualTo(Duration.ofNanos(5_000));
    }

    @Test
    void answersOfSeveralClientsMayComeOutOfOrder() {
        Tally tally = new Tally(0);
        tally.success(200);
        tally.success(150);
        tally.success(300);
        assertThat(tally.longestGap()).isEqualTo(Duration.ofNanos(200));
    }
}

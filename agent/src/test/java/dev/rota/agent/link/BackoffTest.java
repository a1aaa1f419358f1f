package dev.rota.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final int AGENTS = 1000;

    private final Backoff backoff = new Backoff(new Random(1));

    private static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }

    @Test
    void itDoublesUpToASecondAndAfterAWhileToFive() {
        long step = 50;
        for (int i = 0; i < 14; i++) {
            assertThat(backoff.next()).isBetween(ms(step / 2), ms(step));
            step = Math.min(1000, step * 2);
        }
        for (int i = 0; i < 6; i++) {
            assertThat(backoff.next()).isBetween(ms(2500), ms(5000));
        }
        backoff.reset();
        assertThat(backoff.next()).isBetween(ms(25), ms(50));
    }

    @Test
    void aFleetComesBackOverTheWholeWindow() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            Backoff one = new Backoff(new Random(i));
            one.spread(ms(10_000));
            waits.add(one.next().toMillis());
        }
        for (int second = 0; second < 10; second++) {
            int from = second * 1000;
            assertThat(waits.stream().filter(w -> w >= from && w < from + 1000).count())
                    .as("of %d in second %d", AGENTS, second)
                    .isBetween(60L, 140L);
        }
    }

    @Test
    void furtherTriesComeNoMoreOftenThanTheWindowAllows() {
        backoff.spread(ms(10_000));
        Duration first = backoff.next();
        assertThat(first).isLessThanOrEqualTo(ms(10_000));
        for (int i = 0; i < 5; i++) {
            assertThat(backoff.next()).isBetween(ms(5_000), ms(10_000));
        }
    }

    @Test
    void whoIsTooBusyToAnswerIsAskedLessAndLessOften() {
        backoff.next();
        backoff.overloaded();
        assertThat(backoff.next()).isBetween(ms(100), ms(200));
        for (int i = 0; i < 30; i++) {
            backoff.overloaded();
            backoff.next();
        }
        assertThat(backoff.next()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    @Test
    void noCoordinatorCanSendAnAgentAwayForLong() {
        backoff.spread(Duration.ofDays(1));
        for (int i = 0; i < 5; i++) {
            assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        }
    }
}

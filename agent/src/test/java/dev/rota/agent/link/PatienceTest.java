package dev.rota.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final Patience patience = new Patience(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aHeartbeatThatIsNotAnsweredEndsIt() {
        patience.asked();
        pass(Patience.FIRST);
        assertThat(patience.lost()).isEmpty();
        patience.asked();
        pass(Duration.ofNanos(1));
        assertThat(patience.lost()).contains("a heartbeat was not answered within 4s");
    }

    @Test
    void anythingThatComesIsAnAnswer() {
        patience.asked();
        pass(Duration.ofSeconds(2));
        patience.heard();
        pass(Duration.ofHours(1));
        assertThat(patience.lost()).isEmpty();
    }

    @Test
    void aCoordinatorThatIsNotAskedMayBeSilent() {
        patience.asked();
        patience.heard();
        pass(Duration.ofHours(1));
        patience.asked();
        assertThat(patience.lost()).isEmpty();
    }

    @Test
    void aNewConnectionStartsAnew() {
        patience.asked();
        pass(Duration.ofHours(1));
        patience.begin();
        assertThat(patience.lost()).isEmpty();
    }

    @Test
    void aCoordinatorThatIsSlowIsGivenMoreTimeUntilItAnswersPromptly() {
        for (int seconds : List.of(4, 8, 16, 16)) {
            assertThat(patience.limit()).isEqualTo(Duration.ofSeconds(seconds));
            patience.gaveUp();
        }
        patience.asked();
        pass(Duration.ofSeconds(3));
        patience.heard();
        assertThat(patience.limit()).isEqualTo(Duration.ofSeconds(16));
        patience.asked();
        patience.heard();
        assertThat(patience.limit()).isEqualTo(Duration.ofSeconds(4));
    }
}

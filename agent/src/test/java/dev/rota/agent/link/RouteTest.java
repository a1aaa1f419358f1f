package dev.rota.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final Optional<String> NOWHERE = Optional.empty();

    private final Route route = new Route(List.of("c1:1", "c2:1", "c3:1"), new Backoff(new SplittableRandom(1)));

    @Test
    void triesOneAfterTheOther() {
        assertThat(route.current()).isEqualTo("c1:1");
        assertThat(route.ended(NOWHERE)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
        assertThat(route.current()).isEqualTo("c2:1");
        route.ended(NOWHERE);
        route.ended(NOWHERE);
        assertThat(route.current()).isEqualTo("c1:1");
    }

    @Test
    void goesToTheLeaderAtOnceAlsoWhenItIsNotInTheList() {
        assertThat(route.ended(Optional.of("c9:1"))).isZero();
        assertThat(route.current()).isEqualTo("c9:1");
    }

    @Test
    void aFleetThatIsSentToANewLeaderGoesThereSpreadOverTime() {
        route.spread(Duration.ofSeconds(15));
        assertThat(route.ended(Optional.of("c9:1"))).isBetween(Duration.ofMillis(1), Duration.ofSeconds(15));
        route.ended(NOWHERE);
        assertThat(route.ended(Optional.of("c8:1"))).isZero();
    }

    @Test
    void goesOnWithTheListWhenTheLeaderIsNotThere() {
        route.ended(Optional.of("c9:1"));
        assertThat(route.ended(NOWHERE)).isPositive();
        assertThat(route.current()).isEqualTo("c2:1");
    }

    @Test
    void doesNotLetItselfBeSentAroundInAHurry() {
        assertThat(route.ended(Optional.of("c8:1"))).isZero();
        assertThat(route.ended(Optional.of("c9:1"))).isZero();
        assertThat(route.ended(Optional.of("c8:1"))).isZero();
        assertThat(route.ended(Optional.of("c9:1"))).isPositive();
        assertThat(route.current()).isEqualTo("c9:1");
        route.good();
        assertThat(route.ended(Optional.of("c8:1"))).isZero();
    }

    @Test
    void takesNothingForAnAddressThatIsNone() {
        for (String none : List.of("", "c9", "dns://x/y:1", "c9:1 ", "c9:1/path", "x".repeat(300) + ":1")) {
            assertThat(route.ended(Optional.of(none))).isPositive();
            assertThat(route.current()).startsWith("c").endsWith(":1").hasSize(4);
        }
    }

    @Test
    void aCoordinatorThatNamesItselfIsNotAskedAgainAtOnce() {
        assertThat(route.ended(Optional.of("c1:1"))).isPositive();
        assertThat(route.current()).isEqualTo("c2:1");
    }

    @Test
    void retriesWithinASecondForAsLongAsAnElectionTakes() {
        Duration waited = Duration.ZERO;
        for (int i = 0; i < 14; i++) {
            Duration wait = route.ended(NOWHERE);
            assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(1));
            waited = waited.plus(wait);
        }
        assertThat(waited).isGreaterThan(Duration.ofSeconds(5));
        assertThat(route.ended(NOWHERE)).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
    }
}

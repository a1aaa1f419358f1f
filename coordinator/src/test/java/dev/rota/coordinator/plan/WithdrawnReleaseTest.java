package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.fixture.Way;
import org.junit.jupiter.api.Test;

/** A withdrawn release is not installed, and its changes still lie between the ones around it. */
class WithdrawnReleaseTest {
    @Test
    void itIsNoTarget() {
        Situation shop = Situation.of("shop", "23.01", "23.04", "n1", "n2").withdrawn("23.04", "loses carts");

        assertThat(shop.result())
                .isEqualTo(new PlanResult.Refused("RELEASE_WITHDRAWN", "shop 23.04 was withdrawn: loses carts"));
    }

    @Test
    void whoJumpsOverItStillSkipsARelease() {
        Situation shop = Situation.of("shop", "23.01", "23.10", "n1", "n2").withdrawn("23.05", "loses carts");

        assertThat(shop.plan().mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(shop.plan().deciding().reasons())
                .filteredOn(Reason::decided)
                .singleElement()
                .satisfies(reason -> assertThat(reason.sentence()).contains("23.05"));
    }

    @Test
    void itIsNoStopOnTheWay() {
        Way nextcloud = Way.of("nextcloud").catalogue("18.0.11", "19.0.5").withdrawn("19.0.6");

        assertThat(nextcloud.text("18.0.11", "20.0.2")).isEqualTo("18.0.11 > 19.0.5 > 20.0.2");
        assertThat(Way.of("nextcloud").withdrawn("19.0.6").text("18.0.11", "20.0.2"))
                .startsWith("PATH_FORBIDDEN: ")
                .contains("the catalogue has no release of 19");
    }
}

package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.plan.PlanResult.Planned;
import dev.rota.coordinator.plan.PlanResult.Refused;
import org.junit.jupiter.api.Test;

/** A version a cluster was rolled back from is not planned silently again. */
class RolledBackBeforeTest {
    private static Situation shop() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2");
    }

    @Test
    void theRefusalNamesRolloutTimeAndCauseAndTheWayOut() {
        assertThat(shop().rolledBackFrom("23.04").result()).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo("ROLLED_BACK_BEFORE");
            assertThat(r.sentence())
                    .contains(
                            "rollout r0",
                            Situation.T0.toString(),
                            "start of n2 failed",
                            "rota plan chat --to 23.04 --again");
        });
    }

    @Test
    void aReasonIsKeptWithThePlanAndOnlyWhereItWasNeeded() {
        assertThat(shop().rolledBackFrom("23.04")
                        .again("fixed")
                        .plan()
                        .evidence()
                        .again())
                .isEqualTo("fixed");
        assertThat(shop().again("fixed").plan().evidence().again()).isEmpty();
        assertThat(shop().rolledBackFrom("24.12").result()).isInstanceOf(Planned.class);
    }
}

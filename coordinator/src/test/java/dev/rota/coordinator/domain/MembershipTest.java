package dev.rota.coordinator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.plan.PlanInputs;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static PlanInputs inputs(Situation s) {
        return s.inputs();
    }

    private static Situation shop() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3");
    }

    private static boolean alone(Situation s, String node) {
        return Membership.isAlone(inputs(s).cluster(), node, inputs(s).observations());
    }

    @Test
    void aNodeThatNobodyListsAndThatListsNobodyIsAlone() {
        Situation split = shop().lists("n1", "n1", "n3").lists("n2", "n2").lists("n3", "n1", "n3");
        assertThat(alone(split, "n2")).isTrue();
        assertThat(alone(split, "n1")).isFalse();
        assertThat(alone(split, "n3")).isFalse();
        assertThat(Membership.disagreements(
                        inputs(split).cluster(), inputs(split).observations()))
                .hasSize(3);
    }

    @Test
    void whatIsNotKnownIsNoDisagreement() {
        Situation one = shop().lists("n2", "n1", "n2", "n3");
        assertThat(alone(one, "n2")).isFalse();
        assertThat(alone(shop(), "n1")).isFalse();
        assertThat(alone(shop().silent("n1"), "n1")).isFalse();
        assertThat(Membership.disagreements(inputs(one).cluster(), inputs(one).observations()))
                .isEmpty();
    }
}

package dev.rota.load.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamManagementTest {
    private final StreamManagement management = new StreamManagement();

    @Test
    void whatIsAcknowledgedIsNotSentAgain() {
        management.sent("a");
        management.sent("b");
        management.sent("c");
        management.acknowledged(2);
        assertThat(management.unacknowledged()).containsExactly("c");
        management.acknowledged(2);
        assertThat(management.unacknowledged()).containsExactly("c");
        management.acknowledged(3);
        assertThat(management.unacknowledged()).isEmpty();
    }

    @Test
    void theCountWrapsAtTwoToThe32() {
        management.acknowledged(0xFFFF_FFFFL);
        management.sent("a");
        management.sent("b");
        management.acknowledged(0);
        assertThat(management.unacknowledged()).containsExactly("b");
    }

    @Test
    void anAcknowledgementOfMoreThanWasSentIsTakenAsAllOfIt() {
        management.sent("a");
        management.acknowledged(9);
        assertThat(management.unacknowledged()).isEmpty();
    }

    @Test
    void aNewSessionSendsWhatTheOldOneLeftInOrderAndWithoutPresence() {
        management.sent("<presence/>");
        management.sent("a");
        management.sent("b");
        management.received();
        management.resumableAs("x");
        management.begin();
        assertThat(management.handled()).isZero();
        assertThat(management.resumption()).isEmpty();
        assertThat(management.nextOfBacklog()).contains("a");
        management.sent("new");
        assertThat(management.nextOfBacklog()).contains("b");
        assertThat(management.nextOfBacklog()).isEmpty();
        assertThat(management.unacknowledged()).containsExactly("a", "new", "b");
    }

    @Test
    void whatWasNotSentAgainYetOutlivesOneMoreLoss() {
        management.sent("a");
        management.sent("b");
        management.begin();
        assertThat(management.nextOfBacklog()).contains("a");
        management.begin();
        assertThat(management.nextOfBacklog()).contains("b");
        assertThat(management.nextOfBacklog()).contains("a");
    }
}

package dev.rota.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackendTest {
    private final Backend backend = new Backend("n1", "http://127.0.0.1:1");

    @Test
    void getsNothingBeforeItWasSeenWell() {
        assertThat(backend.enter()).isFalse();
        backend.saw(true);
        assertThat(backend.enter()).isTrue();
    }

    @Test
    void isDrainedWhenTheLastRequestHasEnded() {
        backend.saw(true);
        assertThat(backend.enter()).isTrue();
        backend.drain(true);
        assertThat(backend.enter()).isFalse();
        assertThat(backend.describe()).isEqualTo("n1 draining 1");
        backend.leave();
        assertThat(backend.describe()).isEqualTo("n1 drained 0");
        backend.drain(false);
        assertThat(backend.describe()).isEqualTo("n1 up 0");
    }

    @Test
    void oneFailureIsForgivenARefusalIsNot() {
        backend.saw(true);
        backend.saw(false);
        assertThat(backend.describe()).isEqualTo("n1 up 0");
        backend.saw(false);
        assertThat(backend.describe()).isEqualTo("n1 down 0");
        backend.saw(true);
        backend.refused();
        assertThat(backend.describe()).isEqualTo("n1 down 0");
    }
}

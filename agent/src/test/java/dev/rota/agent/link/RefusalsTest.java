package dev.rota.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final String NO_CLUSTER = "FAILED_PRECONDITION node 'n9' is in no cluster";

    private final Logger logger = Logger.getLogger(Refusals.class.getName());
    private final List<LogRecord> records = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final Refusals refusals = new Refusals("n9", 2, now::get);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
    }

    private boolean refused(String why) {
        return refusals.ended("c1:7443", Code.FAILED_PRECONDITION, why, Optional.empty());
    }

    @Test
    void warnsOnceUntilTheReasonChangesOrFiveMinutesArePast() {
        for (int i = 0; i < 8; i++) {
            assertThat(refused(NO_CLUSTER)).isTrue();
        }
        assertThat(records).singleElement().satisfies(r -> {
            assertThat(r.getLevel()).isEqualTo(Level.WARNING);
            assertThat(r.getMessage()).isEqualTo("c1:7443 refuses this agent: " + NO_CLUSTER);
        });
        refused("FAILED_PRECONDITION another recipe");
        assertThat(records).hasSize(2);
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        refused("FAILED_PRECONDITION another recipe");
        assertThat(records).hasSize(3);
    }

    @Test
    void waitsLongWhenEveryCoordinatorHasRefused() {
        refused(NO_CLUSTER);
        assertThat(refusals.pause()).isEmpty();
        refusals.ended("c2:7443", Code.PERMISSION_DENIED, "PERMISSION_DENIED", Optional.empty());
        assertThat(refusals.pause()).contains(Duration.ofSeconds(30));
        refusals.welcomed();
        assertThat(refusals.pause()).isEmpty();
    }

    @Test
    void aFollowerThatNamesTheLeaderRefusesNobody() {
        assertThat(refusals.ended("c1:7443", Code.FAILED_PRECONDITION, "not the leader", Optional.of("c2:7443")))
                .isFalse();
        assertThat(refusals.ended("c1:7443", Code.UNAVAILABLE, "stopping", Optional.empty()))
                .isFalse();
        assertThat(records).isEmpty();
    }

    @Test
    void saysThatTwoAgentsUseOneCertificate() {
        assertThat(refusals.ended("c1:7443", Code.ABORTED, "ABORTED taken over", Optional.empty()))
                .isTrue();
        assertThat(records).singleElement().satisfies(r -> {
            assertThat(r.getLevel()).isEqualTo(Level.WARNING);
            assertThat(r.getMessage()).contains("two agents use the certificate of node n9");
        });
    }
}

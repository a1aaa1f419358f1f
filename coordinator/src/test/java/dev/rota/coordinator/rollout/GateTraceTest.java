package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.rollout.Problem.Code;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTraceTest {
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    private static final Problem SICK = new Problem(Code.NODE_UNHEALTHY, "n2 does not serve: starting");
    private static final Problem BLOCKED = new Problem(Code.BLOCKED, "blocker alerts: 2 fire");

    @Test
    void countsHowOftenTheResultFlipsAndNotTheFirstOne() {
        GateTrace t = GateTrace.none()
                .and(at(1), List.of(SICK))
                .and(at(2), List.of(SICK))
                .and(at(3), List.of())
                .and(at(4), List.of())
                .and(at(5), List.of(SICK));
        assertThat(t.flips()).isEqualTo(2);
        assertThat(t.changes())
                .containsExactly(
                        new GateTrace.Change(at(1), List.of(SICK.sentence())),
                        new GateTrace.Change(at(3), List.of()),
                        new GateTrace.Change(at(5), List.of(SICK.sentence())));
    }

    @Test
    void keepsTheLastChangesOnly() {
        GateTrace t = GateTrace.none();
        for (int i = 0; i < 100; i++) {
            t = t.and(at(i), i % 2 == 0 ? List.of() : List.of(SICK));
        }
        assertThat(t.flips()).isEqualTo(99);
        assertThat(t.changes()).hasSize(GateTrace.KEPT);
        assertThat(t.changes().get(GateTrace.KEPT - 1).at()).isEqualTo(at(99));
    }

    @Test
    void tellsWhatOnlyBlockersSayFromWhatTheClusterShows() {
        GateTrace blocked = GateTrace.none().and(at(1), List.of(BLOCKED));
        assertThat(blocked.sickSince()).isEmpty();
        GateTrace both = blocked.and(at(2), List.of(SICK, BLOCKED)).and(at(3), List.of(SICK));
        assertThat(both.sickSince()).contains(at(2));
        assertThat(both.and(at(4), List.of(BLOCKED)).sickSince()).isEmpty();
    }

    private static Instant at(int second) {
        return T0.plusSeconds(second);
    }
}

package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Effect;
import dev.rota.coordinator.rollout.GatePurpose;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A take-out gate takes what was seen a moment ago, and nothing that may have changed since. */
class RecentViewsTest {
    private static final Instant NOW = Situation.T0;
    private final SortedMap<String, NodeObservation> seen = new TreeMap<>(
            Situation.of("shop", "23.01", "23.04", "n1", "n2").inputs().observations());
    private final RecentViews recent = new RecentViews();

    private static Effect.Look look(String rollout, GatePurpose purpose, boolean replicas) {
        return new Effect.Look(rollout, "n1", purpose, 1, replicas, NOW);
    }

    private static Effect.Look takeOut() {
        return look("chat-1", GatePurpose.TAKE_OUT, false);
    }

    private void verified() {
        recent.seen(look("chat-1", GatePurpose.VERIFY, false), NOW, seen);
    }

    @Test
    void whatTheHealthGateSawServesForTheNextNodeOnce() {
        verified();
        assertThat(recent.forGate(takeOut(), NOW.plusMillis(1000)))
                .hasValueSatisfying(view -> assertThat(view).containsOnlyKeys("n1", "n2"));
        assertThat(recent.forGate(takeOut(), NOW.plusMillis(1000))).isEmpty();
    }

    @Test
    void itTakesNoMoreOfTheProductsTime() {
        assertThat(seen.values()).allSatisfy(o -> assertThat(o.productMs()).isPositive());
        verified();
        assertThat(recent.forGate(takeOut(), NOW))
                .hasValueSatisfying(view -> assertThat(view.values())
                        .allSatisfy(o -> assertThat(o.productMs()).isZero()));
    }

    @Test
    void whatIsOlderOrFromTheFutureSaysNothing() {
        verified();
        assertThat(recent.forGate(takeOut(), NOW.plusMillis(1001))).isEmpty();
        verified();
        assertThat(recent.forGate(takeOut(), NOW.minusMillis(1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"DRAIN", "LEAVE", "STOP", "INSTALL", "MIGRATE", "RESTORE", "START", "JOIN", "VERIFY"})
    void aStepThatChangesWhatWasSeenMakesItWorthNothing(Phase phase) {
        verified();
        recent.done("chat-1", phase);
        assertThat(recent.forGate(takeOut(), NOW)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            mode = Mode.EXCLUDE,
            names = {"DRAIN", "LEAVE", "STOP", "INSTALL", "MIGRATE", "RESTORE", "START", "JOIN", "VERIFY"})
    void aStepThatDoesNotLeavesItAsItIs(Phase phase) {
        verified();
        recent.done("chat-1", phase);
        assertThat(recent.forGate(takeOut(), NOW)).isPresent();
    }

    @Test
    void ofAnotherRolloutAnotherGateOrLessThanIsAskedForIsNotTaken() {
        verified();
        assertThat(recent.forGate(look("chat-2", GatePurpose.TAKE_OUT, false), NOW))
                .isEmpty();
        assertThat(recent.forGate(look("chat-1", GatePurpose.VERIFY, false), NOW))
                .isEmpty();
        assertThat(recent.forGate(look("chat-1", GatePurpose.LEAVE, false), NOW))
                .isEmpty();
        assertThat(recent.forGate(look("chat-1", GatePurpose.TAKE_OUT, true), NOW))
                .isEmpty();
        recent.seen(takeOut(), NOW, seen);
        assertThat(recent.forGate(takeOut(), NOW)).as("only a health gate's").isEmpty();
    }

    @Test
    void whoLeadsNoMoreHasSeenNothing() {
        verified();
        recent.forgetAll();
        assertThat(recent.forGate(takeOut(), NOW)).isEmpty();
    }
}

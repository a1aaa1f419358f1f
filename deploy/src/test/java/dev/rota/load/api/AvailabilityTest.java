package dev.rota.load.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
    private final Availability availability = new Availability();

    @Test
    void aQuietTimeIsAGapButNoDowntime() {
        success(0);
        success(20);
        success(170);
        assertThat(availability.maxGapMs()).isEqualTo(150);
        assertThat(availability.downtimeMs()).isZero();
    }

    @Test
    void downtimeGoesFromTheLastSuccessToTheNext() {
        success(0);
        availability.failure();
        availability.failure();
        success(300);
        success(310);
        availability.failure();
        success(410);
        assertThat(availability.downtimeMs()).isEqualTo(400);
        assertThat(availability.maxGapMs()).isEqualTo(300);
    }

    @Test
    void anOutageThatDoesNotEndCountsUpToTheEnd() {
        success(0);
        availability.failure();
        availability.end(nanos(500));
        assertThat(availability.downtimeMs()).isEqualTo(500);
        assertThat(availability.maxGapMs()).isEqualTo(500);
    }

    @Test
    void whatWasBeforeTheFirstSuccessIsNoGap() {
        availability.failure();
        success(1000);
        assertThat(availability.maxGapMs()).isZero();
        assertThat(availability.downtimeMs()).isZero();
    }

    @Test
    void timesThatArriveInAnotherOrderMakeNoNegativeGap() {
        success(100);
        success(90);
        success(120);
        assertThat(availability.maxGapMs()).isEqualTo(20);
    }

    private void success(long ms) {
        availability.success(nanos(ms));
    }

    private static long nanos(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}

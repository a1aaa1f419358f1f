package dev.rota.coordinator.sim;

import dev.rota.coordinator.fixture.Situation;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time: what is due next happens next, in an order that depends on nothing but the seed. */
final class Schedule {
    private record Item(long atMs, long number, Runnable what) {}

    private final PriorityQueue<Item> items =
            new PriorityQueue<>(Comparator.comparingLong(Item::atMs).thenComparingLong(Item::number));
    private final Random random;
    private long nowMs;
    private long numbers;

    Schedule(long seed) {
        random = new Random(seed);
    }

    void in(long delayMs, Runnable what) {
        items.add(new Item(nowMs + delayMs, numbers++, what));
    }

    /** Lets the next thing happen; false when there is none. */
    boolean step() {
        Item next = items.poll();
        if (next == null) {
            return false;
        }
        nowMs = next.atMs();
        next.what().run();
        return true;
    }

    long nowMs() {
        return nowMs;
    }

    Instant now() {
        return Situation.T0.plusMillis(nowMs);
    }

    /** A number from 0 up to, not including, the bound. */
    int random(int bound) {
        return random.nextInt(bound);
    }

    /** True about {@code percent} times out of a hundred. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}

package dev.rota.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Rates, each beside the rate the machine allows. */
final class Rates {
    private static final int ROUNDS = 5;

    private Rates() {}

    /** The best of a few rounds. */
    static double best(Callable<Double> round) throws Exception {
        double best = 0;
        for (int i = 0; i < ROUNDS; i++) {
            best = Math.max(best, round.call());
        }
        return best;
    }

    static double perSecond(double units, long startNanos) {
        return units * Duration.ofSeconds(1).toNanos() / Math.max(1, System.nanoTime() - startNanos);
    }

    static void print(String what, double rate, double limit) {
        System.out.printf(
                Locale.ROOT,
                "%-50s %10.1f   limit %10.1f  (%.1f%%, best of %d)%n",
                what,
                rate,
                limit,
                100 * rate / limit,
                ROUNDS);
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.ProbePlan;
import dev.rota.coordinator.domain.ProbeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the outside probe has seen of a rollout.
 *
 * @param watchedUntil when the last probe was sent; before the first one when the rollout began
 * @param down whether the last probe failed
 * @param said what the last probe that failed said
 * @param excused the service was down before the rollout began and no probe has succeeded since
 * @param total of the whole rollout
 * @param batches of each batch that was probed, by its index
 * @param spent what is not counted against the budget: it was excused, or a person has let it go on
 */
public record ProbeLog(
        Instant watchedUntil,
        boolean down,
        String said,
        boolean excused,
        Availability total,
        SortedMap<Integer, Availability> batches,
        Spent spent) {
    /** Copies the map. */
    public ProbeLog {
        batches = Collections.unmodifiableSortedMap(new TreeMap<>(batches));
    }

    /** Part of what was measured. */
    public record Spent(Duration down, long failed) {
        static Spent of(Availability a) {
            return new Spent(a.down(), a.failed());
        }
    }

    /** At the beginning of a rollout. */
    static ProbeLog begin(Instant at, boolean excused) {
        return new ProbeLog(at, false, "", excused, Availability.none(), new TreeMap<>(), new Spent(Duration.ZERO, 0));
    }

    /** With more probes, during that batch. */
    ProbeLog and(ProbeSpan span, int batch, Duration hole) {
        Duration since = Duration.between(watchedUntil, span.first());
        Duration gap = since.isNegative() ? Duration.ZERO : since;
        SortedMap<Integer, Availability> each = new TreeMap<>(batches);
        each.put(batch, each.getOrDefault(batch, Availability.none()).and(down, gap, hole, span));
        Availability all = total.and(down, gap, hole, span);
        boolean still = excused && !span.ok();
        return new ProbeLog(
                span.last().isAfter(watchedUntil) ? span.last() : watchedUntil,
                !span.ok(),
                span.ok() ? said : span.said(),
                still,
                all,
                each,
                excused ? Spent.of(all) : spent);
    }

    /** What would exceed the budget; empty while nothing does. */
    Optional<String> exceeds(Budget budget) {
        Duration more = total.down().minus(spent.down());
        long failed = total.failed() - spent.failed();
        if (budget.downtime().filter(max -> more.compareTo(max) > 0).isPresent()) {
            return Optional.of("the service was unavailable for " + more.toMillis() + " ms, the budget is "
                    + budget.downtime().get().toMillis() + " ms");
        }
        return budget.failedProbes()
                .filter(max -> failed > max)
                .map(max -> failed + " probes have failed, the budget is " + max);
    }

    /** A person lets the rollout go on: the budget counts from here. */
    ProbeLog forgiven() {
        return new ProbeLog(watchedUntil, down, said, excused, total, batches, Spent.of(total));
    }

    /** Of the whole rollout until then, the time since the last probe included. */
    public Availability until(Instant end, ProbePlan plan) {
        Duration gap = Duration.between(watchedUntil, end);
        return gap.isNegative() ? total : total.passed(down, gap, plan.hole());
    }
}

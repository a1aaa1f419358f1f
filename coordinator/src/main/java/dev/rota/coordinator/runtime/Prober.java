package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.ProbeSight;
import dev.rota.coordinator.domain.ProbeSpan;
import dev.rota.coordinator.port.CheckAnswer;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Probes the services of the rollouts that are under way, and has what it saw committed: at once when a service goes down or comes
 * back, though never more often than every second, else every 30 s. What was not committed when the leadership is lost is lost, and the
 * time without it is one that nobody watched. Used by the loop's thread only.
 */
final class Prober {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MAX_SPANS = 64;

    /** An answer that comes so long after its time-out tells of a coordinator that stood still, and nothing of the service. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private static final String NOT_MINE = "the coordinator that leads is configured with another probe, or with none";

    private final Checks checks;
    private final Function<String, ClusterChecks> clusters;
    private final ScheduledExecutorService loop;
    private final Clock clock;
    private final BiPredicate<String, Event> propose;
    private final BiPredicate<String, Event> urgent;
    private final Map<String, Watch> watches = new LinkedHashMap<>();
    private boolean leads;

    /**
     * Creates it.
     *
     * @param clusters what is configured for a cluster
     * @param propose has an event of a rollout committed; false when it cannot be now
     * @param urgent whether the event would hold the rollout
     */
    Prober(
            Checks checks,
            Function<String, ClusterChecks> clusters,
            ScheduledExecutorService loop,
            Clock clock,
            BiPredicate<String, Event> propose,
            BiPredicate<String, Event> urgent) {
        this.checks = checks;
        this.clusters = clusters;
        this.loop = loop;
        this.clock = clock;
        this.propose = propose;
        this.urgent = urgent;
    }

    private static final class Watch {
        private final ClusterChecks.Probe probe;
        private final List<ProbeSpan> spans = new ArrayList<>();
        private Instant committed;
        private boolean turned;
        private @Nullable ProbeSight sight;
        private @Nullable ScheduledFuture<?> next;

        Watch(ClusterChecks.Probe probe, Instant now) {
            this.probe = probe;
            this.committed = now.minus(SHORTEST);
        }

        void saw(boolean ok, Instant begun, Instant answered, String said) {
            turned |= sight == null || sight.ok() != ok;
            int last = spans.size() - 1;
            boolean goesOn = last >= 0
                    && spans.get(last).ok() == ok
                    && Duration.between(spans.get(last).last(), begun)
                                    .compareTo(probe.plan().hole())
                            <= 0
                    && !begun.isBefore(spans.get(last).last());
            if (goesOn) {
                spans.set(last, spans.get(last).and(begun, said));
            } else {
                spans.add(ProbeSpan.of(ok, begun, said));
            }
            Optional<Instant> failed =
                    ok ? Optional.ofNullable(sight).flatMap(ProbeSight::failedAt) : Optional.of(answered);
            sight = new ProbeSight(answered, ok, said, failed);
        }

        /** The service went down, or came back, or was seen for the first time, or nothing was committed for long. */
        boolean due(Instant now) {
            Duration since = Duration.between(committed, now);
            return spans.size() >= MAX_SPANS
                    || since.compareTo(LONGEST) >= 0
                    || (turned && since.compareTo(SHORTEST) >= 0);
        }
    }

    /** This member leads: rollouts that are under way are probed from now on. */
    void lead() {
        leads = true;
    }

    /** This member does not lead any more. */
    void stop() {
        leads = false;
        List.copyOf(watches.keySet()).forEach(this::end);
    }

    /** Begins or ends to probe for a rollout. */
    void reconcile(RolloutState s) {
        Optional<ClusterChecks.Probe> probe = s.plan()
                .oversight()
                .probe()
                .flatMap(p -> clusters.apply(s.plan().cluster())
                        .probe()
                        .filter(own -> own.plan().equals(p)));
        if (!leads || s.status().ended() || probe.isEmpty()) {
            end(s.id());
        } else if (!watches.containsKey(s.id())) {
            Watch w = new Watch(probe.get(), clock.now());
            watches.put(s.id(), w);
            w.next = loop.schedule(() -> probe(s.id(), w), 0, TimeUnit.MILLISECONDS);
        }
    }

    /** What the probe of a rollout saw last; one that is not probed although its plan says so fails. */
    Optional<ProbeSight> sight(RolloutState s) {
        Watch w = watches.get(s.id());
        return w == null
                ? s.plan().oversight().probe().map(p -> new ProbeSight(clock.now(), false, NOT_MINE, Optional.empty()))
                : Optional.ofNullable(w.sight);
    }

    /** Has what was seen of a rollout committed now; whether there was anything. */
    boolean flush(String rolloutId) {
        Watch w = watches.get(rolloutId);
        if (w == null || w.spans.isEmpty()) {
            return false;
        }
        Instant now = clock.now();
        if (!propose.test(rolloutId, new Event.Probed(w.spans, now))) {
            return false;
        }
        w.spans.clear();
        w.turned = false;
        w.committed = now;
        return true;
    }

    private void end(String rolloutId) {
        Watch w = watches.remove(rolloutId);
        if (w != null && w.next != null) {
            w.next.cancel(false);
        }
    }

    private void probe(String rolloutId, Watch w) {
        if (watches.get(rolloutId) != w) {
            return;
        }
        Instant begun = clock.now();
        checks.ask(w.probe.check(), w.probe.timeout(), a -> answered(rolloutId, w, begun, a));
    }

    private void answered(String rolloutId, Watch w, Instant begun, CheckAnswer a) {
        if (watches.get(rolloutId) != w) {
            return;
        }
        Instant now = clock.now();
        if (Duration.between(begun, now).compareTo(w.probe.timeout().plus(LATE)) > 0) {
            again(rolloutId, w, Duration.ZERO);
            return;
        }
        w.saw(a.ok(), begun, now, a.ok() ? "" : a.said());
        if (w.due(now) || (!a.ok() && urgent.test(rolloutId, new Event.Probed(w.spans, now)))) {
            flush(rolloutId);
        }
        if (watches.get(rolloutId) == w) {
            again(rolloutId, w, Duration.between(now, begun.plus(w.probe.every())));
        }
    }

    private void again(String rolloutId, Watch w, Duration delay) {
        w.next = loop.schedule(() -> probe(rolloutId, w), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }
}

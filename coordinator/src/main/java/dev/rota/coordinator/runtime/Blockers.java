package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.BlockerPlan;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.rollout.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks the blockers of a cluster, each at most once in its interval. One that is not configured here, or not as the plan has it,
 * blocks. Used by the loop's thread only.
 */
final class Blockers {
    private final Checks checks;
    private final Function<String, ClusterChecks> clusters;
    private final Clock clock;
    private final Map<String, Last> answers = new HashMap<>();

    Blockers(Checks checks, Function<String, ClusterChecks> clusters, Clock clock) {
        this.checks = checks;
        this.clusters = clusters;
        this.clock = clock;
    }

    private record Last(BlockerAnswer answer, Instant at) {}

    /** Asks those of the rollout's plan and of the configuration; the answers come together, in the order of the names. */
    void ask(RolloutState s, Consumer<List<BlockerAnswer>> done) {
        String cluster = s.plan().cluster();
        Map<String, ClusterChecks.Blocker> own = new LinkedHashMap<>();
        clusters.apply(cluster).blockers().forEach(b -> own.put(b.name(), b));
        List<BlockerAnswer> all = new ArrayList<>();
        for (BlockerPlan planned : s.plan().oversight().blockers()) {
            ClusterChecks.Blocker b = own.get(planned.name());
            if (b == null || !b.plan().equals(planned)) {
                all.add(new BlockerAnswer(
                        planned.name(),
                        true,
                        "it cannot be asked: the configuration of the coordinator that leads has "
                                + (b == null ? "no such blocker" : "another one of this name")));
                own.remove(planned.name());
            }
        }
        TreeSet<String> waiting = new TreeSet<>(own.keySet());
        if (waiting.isEmpty()) {
            done.accept(all);
            return;
        }
        own.values()
                .forEach(b -> ask(cluster, b, a -> {
                    all.add(a);
                    waiting.remove(b.name());
                    if (waiting.isEmpty()) {
                        all.sort((x, y) -> x.name().compareTo(y.name()));
                        done.accept(all);
                    }
                }));
    }

    private void ask(String cluster, ClusterChecks.Blocker b, Consumer<BlockerAnswer> answer) {
        String key = cluster + "/" + b.name();
        Last last = answers.get(key);
        if (last != null && Duration.between(last.at(), clock.now()).compareTo(b.every()) < 0) {
            answer.accept(last.answer());
            return;
        }
        checks.ask(b.check(), b.timeout(), a -> {
            String said = a.said().isEmpty() && !a.ok() ? "it says no more" : a.said();
            BlockerAnswer now = new BlockerAnswer(b.name(), !a.ok(), said);
            answers.put(key, new Last(now, clock.now()));
            answer.accept(now);
        });
    }
}

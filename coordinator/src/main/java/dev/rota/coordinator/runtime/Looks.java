package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Observe;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Rounds of fresh observations of several nodes. Used by the loop's thread, but for the answers: only the last of a round needs it. */
final class Looks {
    /** A node that has not answered by then counts as silent in the round. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(12);

    private final AgentLinks links;
    private final ScheduledExecutorService loop;
    private final Executor later;
    private final Map<Long, Round> open = new ConcurrentHashMap<>();
    private long lastRequest;

    /** {@code later} has the loop do something, from any thread. */
    Looks(AgentLinks links, ScheduledExecutorService loop, Executor later) {
        this.links = links;
        this.loop = loop;
        this.later = later;
    }

    private static final class Round {
        private final Set<String> waiting = ConcurrentHashMap.newKeySet();
        private final Map<String, NodeObservation> view = new ConcurrentHashMap<>();
        private final Consumer<SortedMap<String, NodeObservation>> done;
        private final ScheduledFuture<?> timeout;

        Round(Collection<String> nodes, Consumer<SortedMap<String, NodeObservation>> done, ScheduledFuture<?> timeout) {
            this.waiting.addAll(nodes);
            this.done = done;
            this.timeout = timeout;
        }

        /** Answers whether nobody is waited for any more; may say so twice when two threads ask at once. */
        boolean without(String node) {
            return waiting.remove(node) && waiting.isEmpty();
        }
    }

    /** Asks the nodes what is asked before a plan is made: also which of them leads the others. */
    void survey(Collection<String> nodes, Consumer<SortedMap<String, NodeObservation>> done) {
        start(nodes, Observe.newBuilder().setMaster(true), done);
    }

    /** Asks the nodes; {@code done} gets the answers of those that answered in time, on the loop's thread. */
    void start(Collection<String> nodes, boolean replicas, Consumer<SortedMap<String, NodeObservation>> done) {
        start(nodes, Observe.newBuilder().setReplicas(replicas), done);
    }

    private void start(
            Collection<String> nodes, Observe.Builder what, Consumer<SortedMap<String, NodeObservation>> done) {
        long id = ++lastRequest;
        CoordinatorMessage ask = CoordinatorMessage.newBuilder()
                .setObserve(what.setRequestId(id))
                .build();
        ScheduledFuture<?> timeout = loop.schedule(() -> finish(id), ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        Round round = new Round(nodes, done, timeout);
        open.put(id, round);
        boolean last = nodes.isEmpty();
        for (String node : nodes) {
            last |= !links.send(node, ask) && round.without(node);
        }
        if (last) {
            finish(id);
        }
    }

    /** An observation came in answer to a request; on any thread. */
    void answered(long requestId, NodeObservation o) {
        Round round = open.get(requestId);
        if (round != null && round.waiting.contains(o.node())) {
            round.view.put(o.node(), o);
            if (round.without(o.node())) {
                later.execute(() -> finish(requestId));
            }
        }
    }

    /** The agent has gone; it will not answer. */
    void gone(String node) {
        open.forEach((id, round) -> {
            if (round.without(node)) {
                finish(id);
            }
        });
    }

    private void finish(long id) {
        Round round = open.remove(id);
        if (round != null) {
            round.timeout.cancel(false);
            round.done.accept(new TreeMap<>(round.view));
        }
    }
}

package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Observe;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Rounds of fresh observations of several nodes. Used by the loop's thread only. */
final class Looks {
    /** A node that has not answered by then counts as silent in the round. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(12);

    private final AgentLinks links;
    private final ScheduledExecutorService loop;
    private final Map<Long, Round> open = new HashMap<>();
    private long lastRequest;

    Looks(AgentLinks links, ScheduledExecutorService loop) {
        this.links = links;
        this.loop = loop;
    }

    private record Round(
            TreeSet<String> waiting,
            SortedMap<String, NodeObservation> view,
            Consumer<SortedMap<String, NodeObservation>> done,
            ScheduledFuture<?> timeout) {}

    /** Asks the nodes; {@code done} gets the answers of those that answered in time, on the loop's thread. */
    void start(Collection<String> nodes, boolean replicas, Consumer<SortedMap<String, NodeObservation>> done) {
        long id = ++lastRequest;
        CoordinatorMessage ask = CoordinatorMessage.newBuilder()
                .setObserve(Observe.newBuilder().setRequestId(id).setReplicas(replicas))
                .build();
        TreeSet<String> waiting = new TreeSet<>();
        for (String node : nodes) {
            if (links.send(node, ask)) {
                waiting.add(node);
            }
        }
        ScheduledFuture<?> timeout = loop.schedule(() -> finish(id), ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        open.put(id, new Round(waiting, new TreeMap<>(), done, timeout));
        finishIfComplete(id);
    }

    /** An observation came in answer to a request. */
    void answered(long requestId, NodeObservation o) {
        Round round = open.get(requestId);
        if (round != null && round.waiting().remove(o.node())) {
            round.view().put(o.node(), o);
            finishIfComplete(requestId);
        }
    }

    /** The agent has gone; it will not answer. */
    void gone(String node) {
        for (Long id : new TreeSet<>(open.keySet())) {
            Round round = open.get(id);
            if (round != null && round.waiting().remove(node)) {
                finishIfComplete(id);
            }
        }
    }

    private void finishIfComplete(long id) {
        Round round = open.get(id);
        if (round != null && round.waiting().isEmpty()) {
            finish(id);
        }
    }

    private void finish(long id) {
        Round round = open.remove(id);
        if (round != null) {
            round.timeout().cancel(false);
            round.done().accept(round.view());
        }
    }
}

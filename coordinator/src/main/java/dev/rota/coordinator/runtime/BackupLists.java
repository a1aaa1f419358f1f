package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.AgentLinks;
import dev.rota.wire.agent.v1.BackupList;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.ListBackups;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Asks agents what they have saved. Not replicated: only the agents know what is still there. May be used by any thread. */
public final class BackupLists {
    /** An agent that has not answered by then, perhaps because it is of a version before, counts as silent. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AgentLinks links;
    private final AtomicLong lastRequest = new AtomicLong();
    private final Map<Long, Round> open = new ConcurrentHashMap<>();

    /** Asks over these links. */
    public BackupLists(AgentLinks links) {
        this.links = links;
    }

    private record Round(
            TreeSet<String> waiting,
            SortedMap<String, BackupList> lists,
            CompletableFuture<SortedMap<String, BackupList>> done) {
        synchronized void answered(String node, BackupList list) {
            if (waiting.remove(node)) {
                lists.put(node, list);
            }
            finishIfComplete();
        }

        synchronized void finishIfComplete() {
            if (waiting.isEmpty()) {
                finish();
            }
        }

        synchronized void finish() {
            done.complete(new TreeMap<>(lists));
        }
    }

    /** The lists of those that answer in time, by node. */
    public CompletableFuture<SortedMap<String, BackupList>> ask(Collection<String> nodes) {
        long id = lastRequest.incrementAndGet();
        Round round = new Round(new TreeSet<>(nodes), new TreeMap<>(), new CompletableFuture<>());
        open.put(id, round);
        CoordinatorMessage question = CoordinatorMessage.newBuilder()
                .setListBackups(ListBackups.newBuilder().setRequestId(id))
                .build();
        TreeSet<String> silent = new TreeSet<>(nodes);
        silent.removeIf(node -> links.send(node, question));
        synchronized (round) {
            round.waiting().removeAll(silent);
            round.finishIfComplete();
        }
        CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(round::finish);
        return round.done().whenComplete((lists, failure) -> open.remove(id));
    }

    /** An agent has answered. */
    void answered(String node, BackupList list) {
        Round round = open.get(list.getRequestId());
        if (round != null) {
            round.answered(node, list);
        }
    }
}

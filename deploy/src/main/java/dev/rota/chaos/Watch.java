package dev.rota.chaos;

import dev.rota.demo.ejabberd.EjabberdProduct;
import dev.rota.demo.ejabberd.Node;
import dev.rota.load.api.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks every 50 ms the balancer which nodes it sends clients to, and every node through its own API for an account it must have. A node
 * serves when both say so.
 */
final class Watch implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 50;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    /** A node that answers wrongly for that many looks while it is sent clients is empty and in service; fewer may be a race. */
    private static final int LOOKS_MADE_SURE = 3;

    private final EjabberdProduct product;
    private final String question;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> empty = new TreeMap<>();
    private final Set<String> emptyInService = new TreeSet<>();
    private Optional<Set<String>> worst = Optional.empty();
    private long looks;
    private volatile boolean closed;

    /** What a node said last. */
    private enum Answer {
        RIGHT,
        WRONG,
        NONE
    }

    /** Begins to look; {@code question} is the JSON that the API's {@code check_account} must answer with 0. */
    Watch(EjabberdProduct product, String question) {
        this.product = product;
        this.question = question;
        for (Node node : product.places().all()) {
            begin("watch-" + node.name(), () -> answers.put(node.name(), ask(node)));
        }
        begin("watch-balancer", this::look);
    }

    private interface Look {
        void now() throws InterruptedException;
    }

    private void begin(String name, Look look) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!closed) {
                            look.now();
                            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private Answer ask(Node node) {
        try {
            ApiClient.Answer answer = new ApiClient(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), node.http()), ANSWER_WITHIN)
                    .post("/api/check_account", question);
            return answer.status() != 200 ? Answer.NONE : answer.body().equals("0") ? Answer.RIGHT : Answer.WRONG;
        } catch (IOException silent) {
            return Answer.NONE;
        }
    }

    private void look() throws InterruptedException {
        List<Node> all = product.places().all();
        Optional<Set<String>> used = product.balancer().serving();
        if (used.isEmpty() || answers.size() < all.size()) {
            return;
        }
        Set<String> serving = new TreeSet<>();
        Set<String> wrong = new TreeSet<>();
        for (String node : used.get()) {
            Answer answer = answers.getOrDefault(node, Answer.NONE);
            if (answer == Answer.RIGHT) {
                serving.add(node);
            } else if (answer == Answer.WRONG) {
                wrong.add(node);
            }
        }
        note(serving, wrong);
    }

    private synchronized void note(Set<String> serving, Set<String> wrong) {
        looks++;
        if (worst.isEmpty() || serving.size() < worst.get().size()) {
            worst = Optional.of(Set.copyOf(serving));
        }
        empty.keySet().retainAll(wrong);
        for (String node : wrong) {
            if (empty.merge(node, 1, Integer::sum) >= LOOKS_MADE_SURE) {
                emptyInService.add(node);
            }
        }
    }

    /** Those that served when the fewest did; empty before the first look. */
    synchronized Set<String> worst() {
        return worst.orElse(Set.of());
    }

    /** Nodes that were sent clients although they had no data. */
    synchronized Set<String> emptyInService() {
        return Set.copyOf(emptyInService);
    }

    /** How often it was looked. */
    synchronized long looks() {
        return looks;
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}

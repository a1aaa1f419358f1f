package dev.rota.crash;

import dev.rota.demo.SampleProduct;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Asks the balancer all the time which nodes it does not send clients to, and keeps the worst answer. */
final class ServingMonitor implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 50;

    private final SampleProduct product;
    private final Thread thread;
    private Set<String> worst = Set.of();
    private long looks;
    private volatile boolean closed;

    ServingMonitor(SampleProduct product) {
        this.product = product;
        this.thread = new Thread(this::run, "serving-monitor");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        List<String> nodes = product.nodes();
        try {
            while (!closed) {
                Map<String, String> states = product.backends();
                if (!states.isEmpty()) {
                    Set<String> out = new TreeSet<>(nodes);
                    out.removeIf(node -> "up".equals(states.get(node)));
                    note(out);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void note(Set<String> out) {
        looks++;
        if (out.size() > worst.size()) {
            worst = Set.copyOf(out);
        }
    }

    /** The most nodes that were out of service at once. */
    synchronized Set<String> worst() {
        return worst;
    }

    /** How often it was looked. */
    synchronized long looks() {
        return looks;
    }

    @Override
    public void close() {
        closed = true;
    }
}

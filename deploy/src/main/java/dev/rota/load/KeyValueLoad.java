package dev.rota.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients of the sample product. Each writes growing numbers to keys of its own and reads them back, at a bounded rate, until it is
 * stopped or its time is over. At the end every key is read again: it must hold at least the last number that was accepted.
 */
public final class KeyValueLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int KEYS_PER_CLIENT = 10;
    private static final int READS_PER_WRITE = 1;
    private static final int FINAL_READS_MAX = 5;

    private final String url;
    private final Settings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<Key> keys = new ArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private Tally tally = new Tally(0);
    private volatile boolean stopping;

    /**
     * How hard to press.
     *
     * @param clients clients at work side by side
     * @param requestsPerSecond of all of them together
     * @param atMost when they stop by themselves
     */
    public record Settings(int clients, int requestsPerSecond, Duration atMost) {}

    /** What was counted. */
    public record Figures(Tally tally, long lostWrites) {}

    /** Clients of the cluster at that address; nothing is sent yet. */
    public KeyValueLoad(String url, Settings settings) {
        this.url = url;
        this.settings = settings;
    }

    /** Writes every key once, so that the number of keys stays the same from here on, then lets the clients loose. */
    public void start() throws IOException, InterruptedException {
        for (int c = 0; c < settings.clients(); c++) {
            for (int k = 0; k < KEYS_PER_CLIENT; k++) {
                Key key = new Key("client-" + c + "-key-" + k);
                int status = put(key, key.next());
                if (status != 200) {
                    throw new IOException("the first write of " + key.name + " was answered with " + status);
                }
                key.accepted();
                keys.add(key);
            }
        }
        long now = System.nanoTime();
        tally = new Tally(now);
        for (int c = 0; c < settings.clients(); c++) {
            List<Key> own = keys.subList(c * KEYS_PER_CLIENT, (c + 1) * KEYS_PER_CLIENT);
            Thread client = new Thread(() -> work(own, now), "client-" + c);
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
    }

    /** What was counted until now. */
    public Tally tally() {
        return tally;
    }

    /** Stops the clients and looks for every accepted write. */
    public Figures stop() throws InterruptedException {
        close();
        for (Thread client : clients) {
            client.join();
        }
        tally.end(System.nanoTime());
        long lost = 0;
        for (Key key : keys) {
            if (!holds(key)) {
                lost++;
            }
        }
        return new Figures(tally, lost);
    }

    /** Tells the clients to stop, without looking for anything. */
    @Override
    public void close() {
        stopping = true;
    }

    private void work(List<Key> own, long begin) {
        long interval = Duration.ofSeconds(1).toNanos() * settings.clients() / settings.requestsPerSecond();
        long next = System.nanoTime();
        try {
            for (int i = 0;
                    !stopping && System.nanoTime() - begin < settings.atMost().toNanos();
                    i++) {
                Key key = own.get(i % own.size());
                if (i / own.size() % (READS_PER_WRITE + 1) == 0) {
                    write(key);
                } else {
                    read(key);
                }
                next = Math.max(next + interval, System.nanoTime());
                while (!stopping && System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Key key) throws InterruptedException {
        try {
            int status = put(key, key.next());
            if (status == 200) {
                key.accepted();
                tally.success(System.nanoTime());
            } else {
                tally.failure("write answered with " + status);
            }
        } catch (IOException e) {
            tally.failure("write: " + e);
        }
    }

    private void read(Key key) throws InterruptedException {
        try {
            HttpResponse<String> answer = get(key);
            if (answer.statusCode() != 200) {
                tally.failure("read answered with " + answer.statusCode());
            } else if (!key.mayHold(answer.body())) {
                tally.failure("wrong value read");
            } else {
                tally.success(System.nanoTime());
            }
        } catch (IOException e) {
            tally.failure("read: " + e);
        }
    }

    private boolean holds(Key key) throws InterruptedException {
        for (int i = 0; i < FINAL_READS_MAX; i++) {
            try {
                HttpResponse<String> answer = get(key);
                if (answer.statusCode() == 200 || answer.statusCode() == 404) {
                    return answer.statusCode() == 200 && key.mayHold(answer.body());
                }
            } catch (IOException e) {
                tally.failure("final read: " + e);
            }
        }
        return false;
    }

    private int put(Key key, long value) throws IOException, InterruptedException {
        HttpRequest request = request(key)
                .PUT(HttpRequest.BodyPublishers.ofString(String.valueOf(value)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private HttpResponse<String> get(Key key) throws IOException, InterruptedException {
        return http.send(request(key).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(Key key) {
        return HttpRequest.newBuilder(URI.create(url + "/kv/" + key.name)).timeout(PATIENCE);
    }

    /** One key of one client; only that client writes it. */
    private static final class Key {
        private final String name;
        private long tried;
        private long accepted;

        Key(String name) {
            this.name = name;
        }

        long next() {
            return ++tried;
        }

        void accepted() {
            accepted = tried;
        }

        /** A write that was not accepted may have been carried out all the same. */
        boolean mayHold(String value) {
            return value.matches("\\d{1,18}") && Long.parseLong(value) >= accepted && Long.parseLong(value) <= tried;
        }
    }
}

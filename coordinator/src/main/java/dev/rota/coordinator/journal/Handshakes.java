package dev.rota.coordinator.journal;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the handshakes of TLS. A process that hangs still takes connections and never answers; whoever waited for it would keep
 * messages to the others waiting.
 */
final class Handshakes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);

    private final Duration limit;
    private final ScheduledThreadPoolExecutor timer;

    Handshakes(Duration limit) {
        this.limit = limit;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "journal-handshakes");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Closes the new socket unless its connection and handshake are done in time. */
    void watch(Socket socket) {
        if (timer.isShutdown()) {
            return;
        }
        Future<?> end = timer.schedule(() -> close(socket), limit.toMillis(), TimeUnit.MILLISECONDS);
        ((SSLSocket) socket).addHandshakeCompletedListener(done -> end.cancel(false));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a connection that was given up: {}", e.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

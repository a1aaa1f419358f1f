package dev.rota.load.xmpp;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Keeps one session up, whatever happens to its connection, and reads what arrives. */
final class XmppSession implements Runnable {
    /** The pause after a first failed attempt; it doubles from attempt to attempt. */
    private static final long FIRST_PAUSE_MS = 30;

    private static final long LAST_PAUSE_MS = 240;
    /** Sessions that are lost together come back spread over this time. */
    private static final Duration SPREAD = Duration.ofMillis(40);

    private final Login login;
    private final Tally tally;
    private final CountDownLatch firstLogin;
    private final int order;
    private final StreamManagement management = new StreamManagement();
    private final Object wire = new Object();
    private @Nullable StanzaStream stream;
    private boolean wanted = true;

    /** Session number {@code order}; counts {@code firstLogin} down when it is up for the first time. */
    XmppSession(Login login, Tally tally, CountDownLatch firstLogin, int order) {
        this.login = login;
        this.tally = tally;
        this.firstLogin = firstLogin;
        this.order = order;
    }

    /** Sends a chat message when the session is up; returns whether it was. */
    boolean send(String to, String id) {
        synchronized (wire) {
            if (stream == null || !wanted) {
                return false;
            }
            tally.sent(id);
            try {
                Login.send(
                        stream,
                        management,
                        "<message to='" + to + "' type='chat' id='" + id + "'><body>" + id + " hello</body></message>");
            } catch (IOException lost) {
                // The reader sees the loss as well; the message stays unacknowledged and is sent again.
                stream.close();
            }
            return true;
        }
    }

    /** Ends the session for good. */
    void stop() {
        synchronized (wire) {
            wanted = false;
            if (stream != null) {
                stream.close();
            }
        }
    }

    @Override
    public void run() {
        long lostAt = System.nanoTime();
        long pauseMs = FIRST_PAUSE_MS;
        boolean before = false;
        try {
            while (isWanted()) {
                if (!attempt()) {
                    Thread.sleep(pauseMs);
                    pauseMs = Math.min(2 * pauseMs, LAST_PAUSE_MS);
                    continue;
                }
                pauseMs = FIRST_PAUSE_MS;
                if (before) {
                    tally.reconnected(Duration.ofNanos(System.nanoTime() - lostAt));
                }
                before = true;
                firstLogin.countDown();
                readUntilLost();
                lostAt = System.nanoTime();
                if (isWanted()) {
                    tally.disconnects.increment();
                    Thread.sleep(order * 7L % SPREAD.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt() {
        try {
            Login.Session session = login.perform(management);
            tally.logins.increment();
            if (session.resumed()) {
                tally.resumed.increment();
            }
            synchronized (wire) {
                stream = session.stream();
                if (!wanted) {
                    stream.close();
                }
            }
            return true;
        } catch (Login.Refused e) {
            tally.authFailures.increment();
            return false;
        } catch (IOException e) {
            tally.connectFailures.increment();
            return false;
        }
    }

    private void readUntilLost() {
        StanzaStream open = current();
        if (open == null) {
            return;
        }
        try (open) {
            while (true) {
                handle(open, open.next());
            }
        } catch (IOException lost) {
            synchronized (wire) {
                stream = null;
            }
        }
    }

    private void handle(StanzaStream open, Stanza stanza) throws IOException {
        if (stanza.counts()) {
            management.received();
        }
        switch (stanza.name()) {
            case "message" -> {
                if (stanza.attribute("type").equals("error")) {
                    tally.bounced.increment();
                } else if (stanza.child("body").isPresent()) {
                    tally.received(stanza.attribute("id"));
                }
            }
            case "r" -> Login.acknowledge(open, management);
            case "a" -> Login.handled(stanza).ifPresent(management::acknowledged);
            default -> {}
        }
    }

    private @Nullable StanzaStream current() {
        synchronized (wire) {
            return stream;
        }
    }

    private boolean isWanted() {
        synchronized (wire) {
            return wanted;
        }
    }
}

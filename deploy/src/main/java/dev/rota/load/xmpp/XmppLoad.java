package dev.rota.load.xmpp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A number of users who each hold a session and send a chat message to their partner at a fixed pace. User {@code i} is
 * {@code u<i>}, and partners are neighbours: 0 and 1, 2 and 3, and so on. Clients are as real ones are: they know one address,
 * reconnect at once, and use stream management (XEP-0198) to send again what was not acknowledged.
 */
public final class XmppLoad implements AutoCloseable {
    private static final Duration LOGIN_WITHIN = Duration.ofSeconds(30);
    private static final Duration DELIVERY_WITHIN = Duration.ofSeconds(5);

    private final List<XmppSession> sessions = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Tally tally = new Tally();
    private final CountDownLatch firstLogins;
    private final ScheduledExecutorService senders = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "xmpp-senders");
        thread.setDaemon(true);
        return thread;
    });
    private final String domain;
    private final Duration pace;

    /** Users of that domain, an even number of them, all with one password, sending every {@code pace}. */
    public XmppLoad(InetSocketAddress address, String domain, int users, String password, Duration pace) {
        if (users < 2 || users % 2 != 0) {
            throw new IllegalArgumentException("users have partners: " + users + " is not an even number above 0");
        }
        this.domain = domain;
        this.pace = pace;
        this.firstLogins = new CountDownLatch(users);
        for (int i = 0; i < users; i++) {
            Login login = new Login(address, domain, "u" + i, password, "load");
            XmppSession session = new XmppSession(login, tally, firstLogins, i);
            sessions.add(session);
            Thread thread = new Thread(session, "xmpp-u" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    /**
     * Starts the sessions and the messages; returns when every user is logged in.
     *
     * @throws IllegalStateException when that takes longer than half a minute
     */
    public void start() throws InterruptedException {
        threads.forEach(Thread::start);
        if (!firstLogins.await(LOGIN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(firstLogins.getCount() + " of " + sessions.size()
                    + " users could not log in within " + LOGIN_WITHIN.toSeconds() + " s: " + figures());
        }
        for (int i = 0; i < sessions.size(); i++) {
            XmppSession session = sessions.get(i);
            String from = "u" + i;
            String to = "u" + (i ^ 1) + "@" + domain;
            AtomicLong count = new AtomicLong();
            long first = pace.toMillis() * i / sessions.size();
            var unused = senders.scheduleAtFixedRate(
                    () -> session.send(to, from + "-" + count.incrementAndGet()),
                    first,
                    pace.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Stops sending, gives what is under way a few seconds to arrive, ends the sessions and counts. */
    public XmppFigures stop() throws InterruptedException {
        senders.shutdown();
        boolean quiet = senders.awaitTermination(DELIVERY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        long deadline = System.nanoTime() + DELIVERY_WITHIN.toNanos();
        while ((!quiet || tally.underway() > 0) && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        XmppFigures figures = figures();
        close();
        return figures;
    }

    /** What has been counted so far. */
    public XmppFigures figures() {
        return tally.figures(sessions.size());
    }

    @Override
    public void close() {
        senders.shutdownNow();
        sessions.forEach(XmppSession::stop);
        threads.forEach(Thread::interrupt);
    }
}

package dev.rota.sample;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One node of the sample product. Arguments: the directory of the release, the directory of the node. Exit codes: 0 it left or was
 * told to stop, 1 something it needs failed, 2 usage, 3 a fault was asked for, 4 it must not run beside the others' release.
 */
public final class SampleNode {
    private static final int WAITING_CONNECTIONS_MAX = 128;
    /** Kept, because a logger nobody keeps forgets its level. */
    private static final Logger JGROUPS = Logger.getLogger("org.jgroups");

    private SampleNode() {}

    /** Runs until the node leaves, is stopped or killed. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 2) {
            System.err.println("usage: sampled RELEASE-DIRECTORY NODE-DIRECTORY");
            System.exit(2);
        }
        int exit;
        try {
            exit = run(Path.of(args[0]), Path.of(args[1]));
        } catch (IOException e) {
            System.err.println("sampled: " + e.getMessage());
            exit = 1;
        } catch (Refused e) {
            System.err.println("sampled: " + e.reason());
            exit = 4;
        }
        System.exit(exit);
    }

    private static int run(Path releaseDirectory, Path home) throws IOException, InterruptedException, Refused {
        JGROUPS.setLevel(Level.SEVERE);
        Settings settings = Settings.read(home);
        Release release = Release.in(releaseDirectory);
        Faults faults = Faults.of(home);
        Counters counters = new Counters(home);
        if (faults.on(Faults.START)) {
            System.err.println("sampled: cannot start: fault/" + Faults.START);
            return 3;
        }
        counters.add("start", release.version());
        if (faults.on(Faults.HANG_START)) {
            new CountDownLatch(1).await();
        }
        Member member =
                new Member(settings, release, new Store(settings.data().resolve("store.log")), counters, faults);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onSignal(member, faults), "on-signal"));
        ExecutorService requests = Executors.newCachedThreadPool();
        HttpServer http = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), settings.own().httpPort()),
                WAITING_CONNECTIONS_MAX);
        http.setExecutor(requests);
        http.createContext("/", new Api(member, release, counters, faults));
        http.start();
        member.start();
        System.out.println(settings.name() + " runs " + release.version() + " at "
                + settings.own().url());
        return member.end().join();
    }

    /** The TERM signal: leave the group of members in good order, keep the data. */
    private static void onSignal(Member member, Faults faults) {
        if (member.end().isDone()) {
            return;
        }
        try {
            faults.waitWhile(Faults.STOP);
            member.stop("TERM");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

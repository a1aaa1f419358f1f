package dev.rota.agent.app;

import dev.rota.agent.action.ArtifactSource;
import dev.rota.agent.action.Places;
import dev.rota.agent.config.Settings;
import dev.rota.agent.exec.RunAs;
import dev.rota.agent.job.Contexts;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Puts the parts together. */
final class Wiring {
    /** Two looks at a time, each with up to four questions. */
    private static final int MAX_POOL = 16;

    private static final long IDLE_SECONDS = 5;

    private Wiring() {}

    /** Threads for short work; none are kept when there is nothing to do. */
    static ExecutorService pool() {
        return new ThreadPoolExecutor(
                0,
                MAX_POOL,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                r -> daemon(r, "look"),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Contexts for an agent that is not connected. */
    static Contexts offline(Settings settings) throws IOException {
        return contexts(settings, (sha256, offset, limit, sink) -> {
            throw new ArtifactSource.UnavailableException("not connected");
        });
    }

    static Contexts contexts(Settings settings, ArtifactSource source) throws IOException {
        return new Contexts(
                settings.node(),
                settings.recipe(),
                settings.parameters(),
                RunAs.user(settings.recipe().user()),
                new Places(settings.data()),
                source,
                settings.limits().outputBytes(),
                settings.limits().diskFloorBytes(),
                Clock.systemUTC());
    }
}

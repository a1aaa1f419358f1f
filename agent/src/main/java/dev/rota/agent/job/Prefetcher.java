package dev.rota.agent.job;

import dev.rota.agent.action.ActionFailure;
import dev.rota.agent.action.Actions;
import dev.rota.agent.action.ArtifactRef;
import dev.rota.agent.action.Context;
import dev.rota.agent.action.Deadline;
import dev.rota.agent.action.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches and unpacks an artifact before a step asks for it, one at a time. Nothing depends on it: what has arrived when it fails
 * or is interrupted is what the step's own fetch goes on from.
 */
final class Prefetcher {
    private static final Logger LOG = LoggerFactory.getLogger(Prefetcher.class);
    private static final Duration LIMIT = Duration.ofHours(1);

    private final Actions actions;
    private Optional<Running> running = Optional.empty();

    Prefetcher(Actions actions) {
        this.actions = actions;
    }

    private record Running(String sha256, Thread thread) {}

    /** Begins to fetch the context's artifact, instead of another one that is on its way. */
    synchronized void begin(ArtifactRef artifact, Context context) {
        if (running.filter(
                        r -> r.sha256().equals(artifact.sha256()) && r.thread().isAlive())
                .isPresent()) {
            return;
        }
        stop();
        Thread thread = new Thread(() -> fetch(artifact, context), "prefetch");
        thread.setDaemon(true);
        running = Optional.of(new Running(artifact.sha256(), thread));
        thread.start();
    }

    /** A step is about to begin: whatever it does not need must not be in its way. */
    synchronized void yieldTo(Optional<ArtifactRef> artifact) {
        if (running.filter(r -> !artifact.map(ArtifactRef::sha256).equals(Optional.of(r.sha256())))
                .isPresent()) {
            stop();
        }
    }

    synchronized void stop() {
        running.ifPresent(r -> r.thread().interrupt());
        running = Optional.empty();
    }

    private void fetch(ArtifactRef artifact, Context context) {
        try {
            Task task =
                    new Task(context, context.places().artifacts(), Deadline.in(LIMIT, context.clock()), output -> {});
            actions.prepare(task);
            LOG.info("{} is here ahead of its rollout", artifact.fileName());
        } catch (ActionFailure | IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.info("{} is left for its rollout to fetch", artifact.fileName());
                return;
            }
            LOG.warn("{} was not fetched ahead of its rollout: {}", artifact.fileName(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.info("{} is left for its rollout to fetch", artifact.fileName());
        }
    }
}

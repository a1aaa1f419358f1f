package dev.rota.agent.link;

import com.google.protobuf.Timestamp;
import dev.rota.agent.action.Observer;
import dev.rota.wire.agent.v1.Observation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the product when asked. Requests that come while a look is under way share the next one, so that every answer is younger
 * than its question; looks at the replicas, which may be slow, do not hold up the others. Used by the link's thread only.
 */
final class Observations {
    private static final Logger LOG = LoggerFactory.getLogger(Observations.class);
    private static final int MAX_WAITING = 64;

    private final Observer observer;
    private final Executor pool;
    private final Executor linkThread;
    private final Consumer<Observation> send;
    private final Clock clock;
    private final Map<Questions, Lane> lanes = new HashMap<>();

    Observations(Observer observer, Executor pool, Executor linkThread, Consumer<Observation> send, Clock clock) {
        this.observer = observer;
        this.pool = pool;
        this.linkThread = linkThread;
        this.send = send;
        this.clock = clock;
    }

    /** What to ask beside the usual. */
    record Questions(boolean replicas, boolean master) {
        static final Questions NONE = new Questions(false, false);
    }

    /** Asks for a look that begins after this call; 0 for one nobody asked for. */
    void request(long requestId, Questions also) {
        lanes.computeIfAbsent(also, Lane::new).request(requestId);
    }

    private final class Lane {
        private final Questions also;
        private final List<Long> waiting = new ArrayList<>();
        private boolean looking;

        Lane(Questions also) {
            this.also = also;
        }

        void request(long requestId) {
            if (waiting.size() < MAX_WAITING && !waiting.contains(requestId)) {
                waiting.add(requestId);
            }
            if (!looking) {
                look();
            }
        }

        private void look() {
            looking = true;
            List<Long> served = List.copyOf(waiting);
            waiting.clear();
            pool.execute(() -> {
                try {
                    Observer.Seen seen = observer.look(also.replicas(), also.master());
                    linkThread.execute(() -> answer(served, seen));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    LOG.error("cannot look at the product", e);
                    linkThread.execute(this::next);
                }
            });
        }

        private void answer(List<Long> served, Observer.Seen seen) {
            Instant now = clock.instant();
            for (long requestId : served) {
                send.accept(message(seen, requestId, now));
            }
            next();
        }

        private void next() {
            looking = false;
            if (!waiting.isEmpty()) {
                look();
            }
        }
    }

    private static Observation message(Observer.Seen seen, long requestId, Instant now) {
        Observation.Builder b = Observation.newBuilder()
                .setRequestId(requestId)
                .setAt(Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setMember(seen.member())
                .setRunningVersion(seen.version())
                .setArtifactSha256(seen.artifact())
                .setHealthy(seen.unhealthy().isEmpty())
                .setUnhealthyReason(seen.unhealthy())
                .setDiskFreeBytes(seen.diskFreeBytes())
                .addAllProblems(seen.problems())
                .setProductMs((int) Math.min(seen.productMs(), Integer.MAX_VALUE));
        seen.master().ifPresent(b::setMaster);
        seen.members().ifPresent(m -> b.addAllMembers(m).setMembersKnown(true));
        seen.replicas().ifPresent(r -> b.putAllReplicas(r).setReplicasKnown(true));
        return b.build();
    }
}

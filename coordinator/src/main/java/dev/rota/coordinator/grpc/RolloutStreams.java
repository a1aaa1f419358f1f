package dev.rota.coordinator.grpc;

import dev.rota.contract.Phase;
import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.port.StepLogs;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.Stall;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.Operations;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.LogChunk;
import dev.rota.wire.operator.v1.ReadLogsRequest;
import dev.rota.wire.operator.v1.Rollout;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** The part of the operators' service that follows rollouts: their state and what their steps print. */
final class RolloutStreams {
    private final Coordinator coordinator;
    private final Operations operations;
    private final Clock clock;
    private final Executor executor;

    RolloutStreams(Coordinator coordinator, Operations operations, Clock clock, Executor executor) {
        this.coordinator = coordinator;
        this.operations = operations;
        this.clock = clock;
        this.executor = executor;
    }

    /** What a watcher has seen: that a rollout stands still is news although nothing has changed. */
    private record Seen(RolloutState state, boolean stalled) {}

    void watch(GetRolloutRequest q, StreamObserver<Rollout> to) {
        Requests.guarded(to, Role.VIEWER, by -> {
            AtomicReference<Optional<Seen>> last = new AtomicReference<>(Optional.empty());
            WatchStream.start(
                    coordinator,
                    () -> operations.rollout(q.getRollout()).id(),
                    s -> {
                        Instant now = clock.now();
                        Optional<Seen> seen =
                                Optional.of(new Seen(s, Stall.of(s, now).isPresent()));
                        if (!last.getAndSet(seen).equals(seen)) {
                            to.onNext(RolloutViews.rollout(
                                    s, now, n -> coordinator.node(n).connected()));
                        }
                        return true;
                    },
                    (ServerCallStreamObserver<Rollout>) to,
                    executor);
        });
    }

    void logs(ReadLogsRequest q, StreamObserver<LogChunk> to) {
        Requests.guarded(to, Role.VIEWER, by -> {
            if (!q.getPhase().isEmpty() && Phase.of(q.getPhase()).isEmpty()) {
                throw Requests.usage("there is no phase '" + q.getPhase() + "'");
            }
            AtomicInteger sent = new AtomicInteger();
            ServerCallStreamObserver<LogChunk> call = (ServerCallStreamObserver<LogChunk>) to;
            if (q.getFollow()) {
                WatchStream.start(
                        coordinator,
                        () -> subject(q),
                        state -> send(q, state.id(), sent, to, call::isReady),
                        call,
                        executor);
                return;
            }
            var unused = coordinator
                    .reads()
                    .fresh()
                    .whenCompleteAsync(
                            (done, refused) -> {
                                if (refused != null) {
                                    to.onError(Answers.failed(refused));
                                } else {
                                    all(q, sent, to);
                                }
                            },
                            executor);
        });
    }

    private void all(ReadLogsRequest q, AtomicInteger sent, StreamObserver<LogChunk> to) {
        try {
            send(q, subject(q), sent, to, () -> true);
            to.onCompleted();
        } catch (Refusal e) {
            to.onError(Answers.refused(e));
        }
    }

    private String subject(ReadLogsRequest q) throws Refusal {
        RolloutState s = operations.rollout(q.getRollout());
        if (!q.getNode().isEmpty() && !s.nodes().containsKey(q.getNode())) {
            throw new Refusal(
                    Refusal.Kind.NOT_FOUND,
                    "NO_NODE",
                    "there is no node '" + q.getNode() + "' in rollout " + s.id() + "; its nodes are "
                            + String.join(", ", s.nodes().keySet()));
        }
        return s.id();
    }

    private boolean send(
            ReadLogsRequest q,
            String rolloutId,
            AtomicInteger sent,
            StreamObserver<LogChunk> to,
            BooleanSupplier ready) {
        List<StepLogs.Chunk> chunks = coordinator.logs().read(rolloutId);
        while (sent.get() < chunks.size() && ready.getAsBoolean()) {
            StepLogs.Chunk c = chunks.get(sent.getAndIncrement());
            boolean wanted = (q.getNode().isEmpty() || c.key().node().equals(q.getNode()))
                    && (q.getPhase().isEmpty() || c.key().phase().label().equals(q.getPhase()));
            if (wanted) {
                to.onNext(LogChunk.newBuilder()
                        .setNode(c.key().node())
                        .setPhase(c.key().phase().label())
                        .setAttempt(c.key().attempt())
                        .setAt(Times.timestamp(c.at()))
                        .setText(c.text())
                        .build());
            }
        }
        return sent.get() >= chunks.size();
    }
}

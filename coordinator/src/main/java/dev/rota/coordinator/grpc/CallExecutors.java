package dev.rota.coordinator.grpc;

import dev.rota.wire.agent.v1.AgentLinkGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.concurrent.Executor;

/**
 * Where a call is served. What an agent says is only handed on, so it is done by the thread that has read it: a round of looks is thirty
 * answers at once, and each change of threads costs more than the answer. All other calls may wait for something.
 */
final class CallExecutors implements ServerCallExecutorSupplier {
    private final Executor waiting;

    CallExecutors(Executor waiting) {
        this.waiting = waiting;
    }

    @Override
    public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata metadata) {
        return call.getMethodDescriptor()
                        .getFullMethodName()
                        .equals(AgentLinkGrpc.getConnectMethod().getFullMethodName())
                ? Runnable::run
                : waiting;
    }
}

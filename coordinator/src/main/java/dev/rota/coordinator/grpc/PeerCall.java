package dev.rota.coordinator.grpc;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;

/** One question to another coordinator. */
@FunctionalInterface
interface PeerCall<T> {
    void start(Channel channel, StreamObserver<T> answer);
}

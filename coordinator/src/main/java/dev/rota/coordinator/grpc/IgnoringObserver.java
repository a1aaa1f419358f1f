package dev.rota.coordinator.grpc;

import io.grpc.stub.StreamObserver;

/** Stands in for the listener of a call that was refused. */
final class IgnoringObserver<T> implements StreamObserver<T> {
    @Override
    public void onNext(T message) {
        // The call is over.
    }

    @Override
    public void onError(Throwable cancelled) {
        // The call is over.
    }

    @Override
    public void onCompleted() {
        // The call is over.
    }
}

package dev.rota.coordinator.journal;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Puts failures into words. */
final class Failures {
    private Failures() {}

    /** The failure without what only carried it. */
    static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean carrier = failure instanceof ExecutionException
                || failure instanceof CompletionException
                || failure instanceof UncheckedIOException;
        return carrier && cause != null ? root(cause) : failure;
    }

    static String describe(Throwable failure) {
        Throwable root = root(failure);
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}

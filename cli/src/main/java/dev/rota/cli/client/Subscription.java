package dev.rota.cli.client;

import java.time.Duration;

/**
 * Messages that arrive as they happen.
 *
 * @param <T> the message
 */
public interface Subscription<T> extends AutoCloseable {
    /**
     * The next message, waiting for it at most that long.
     *
     * @throws dev.rota.cli.exit.CommandFailure if the stream broke off
     */
    Received<T> next(Duration atMost) throws InterruptedException;

    /** Wants no more messages. */
    @Override
    void close();

    /**
     * What came.
     *
     * @param <T> the message
     */
    sealed interface Received<T> {}

    /** A message. */
    record Message<T>(T value) implements Received<T> {}

    /** Nothing within the time. */
    record Quiet<T>() implements Received<T> {}

    /** The other side has said all it had to say. */
    record Completed<T>() implements Received<T> {}
}

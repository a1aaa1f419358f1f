package dev.rota.cli.client;

import dev.rota.cli.exit.CommandFailure;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The coordinators' addresses, each with its channel once it was needed. The one that answered last is asked first. Used by one thread. */
final class Endpoints implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final List<String> addresses;
    private final String identity;
    private final Function<String, ManagedChannel> connector;
    private final @Nullable ManagedChannel[] channels;
    private int current;

    /**
     * @param addresses in the order they are tried
     * @param identity where the identity comes from, for messages
     * @param connector makes the channel to an address
     */
    Endpoints(List<String> addresses, String identity, Function<String, ManagedChannel> connector) {
        this.addresses = List.copyOf(addresses);
        this.identity = identity;
        this.connector = connector;
        this.channels = new ManagedChannel[addresses.size()];
    }

    /** A call to one coordinator. */
    interface Attempt<T, E extends Exception, F extends Exception> {
        /** Calls it; a {@link CommandFailure} makes the next coordinator be asked when that may help. */
        T on(Channel channel) throws E, F;
    }

    /** Calls one coordinator after the other until one answers, each once. */
    <T, E extends Exception, F extends Exception> T first(Attempt<T, E, F> attempt) throws E, F {
        List<CommandFailure> failures = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            try {
                return attempt.on(channel());
            } catch (CommandFailure failure) {
                if (!Failures.elsewhere(failure)) {
                    throw failure;
                }
                failures.add(failure);
                tried.add(addresses.get(current));
                advance();
            }
        }
        throw Failures.unreachable(failures, tried, identity);
    }

    /** The channel to the coordinator that is asked first now. */
    Channel channel() {
        ManagedChannel channel = channels[current];
        if (channel == null) {
            channel = connector.apply(addresses.get(current));
            channels[current] = channel;
        }
        // gRPC's own pause after a failed connection grows to minutes; whoever calls here has waited long enough
        channel.resetConnectBackoff();
        return channel;
    }

    /** Gives up on the current coordinator for now. */
    void advance() {
        current = (current + 1) % addresses.size();
    }

    /** The failure of a stream, with the address it concerns. */
    CommandFailure located(CommandFailure failure) {
        return Failures.elsewhere(failure)
                ? Failures.unreachable(List.of(failure), List.of(addresses.get(current)), identity)
                : failure;
    }

    @Override
    public void close() {
        for (ManagedChannel channel : channels) {
            if (channel != null) {
                channel.shutdownNow();
            }
        }
        try {
            for (ManagedChannel channel : channels) {
                if (channel != null && !channel.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

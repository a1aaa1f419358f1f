package dev.rota.cli.client;

import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The coordinators' addresses, each with its channel once it was needed. The one that answered last is asked first; one that does not
 * lead is left for the leader it names, which must show a certificate of the same authority. Used by one thread.
 */
final class Endpoints implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    /** How often one call follows a coordinator to another one. More than this is no election, it is a circle. */
    private static final int MAX_HOPS = 5;

    /** Leaders that were in nobody's list. */
    private static final int MAX_FOUND = 16;

    /** How long one call waits for a leader to be elected: longer than it takes to notice that the last one hangs. */
    private static final Duration ELECTION = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(250);

    /** How long a coordinator may take to accept a connection before another one is asked: one that hangs does not refuse it either. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<String> addresses;
    private final String identity;
    private final Function<String, ManagedChannel> connector;
    private final Pacer pacer;
    private final Map<String, ManagedChannel> channels = new LinkedHashMap<>();
    private int current;

    /**
     * @param addresses in the order they are tried
     * @param identity where the identity comes from, for messages
     * @param connector makes the channel to an address
     * @param pacer waits for elections
     */
    Endpoints(List<String> addresses, String identity, Function<String, ManagedChannel> connector, Pacer pacer) {
        this.addresses = new ArrayList<>(addresses);
        this.identity = identity;
        this.connector = connector;
        this.pacer = pacer;
    }

    /** A call to one coordinator. */
    interface Attempt<T, E extends Exception, F extends Exception> {
        /** Calls it; a {@link CommandFailure} makes the next coordinator be asked when that may help. */
        T on(Channel channel) throws E, F;
    }

    /**
     * Calls one coordinator after the other until one answers, and the leader as soon as one names it. Goes round again, for a bounded
     * time, while coordinators answer and wait for a leader. Those that do not accept a connection soon get their full time only when no
     * other one has answered.
     */
    <T, E extends Exception, F extends Exception> T first(Attempt<T, E, F> attempt) throws E, F {
        Duration end = pacer.uptime().plus(ELECTION);
        boolean patient = addresses.size() == 1;
        while (true) {
            Round<T> round = round(attempt, patient);
            if (round.answer() != null) {
                return round.answer();
            }
            boolean waiting = round.failures().stream().anyMatch(Failures::notLeader);
            if (!waiting || pacer.uptime().compareTo(end) >= 0 || !paused()) {
                if (patient) {
                    throw Failures.unreachable(round.failures(), round.tried(), identity);
                }
                patient = true;
            }
        }
    }

    /** An answer, or why there was none from each that was tried. */
    private record Round<T>(@Nullable T answer, List<CommandFailure> failures, List<String> tried) {}

    private <T, E extends Exception, F extends Exception> Round<T> round(Attempt<T, E, F> attempt, boolean patient)
            throws E, F {
        List<CommandFailure> failures = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        Set<String> silent = new HashSet<>();
        int hops = 0;
        while (!tried.containsAll(addresses)) {
            String address = addresses.get(current);
            try {
                return new Round<>(attempt.on(patient ? channel() : connected()), failures, tried);
            } catch (CommandFailure failure) {
                if (!Failures.elsewhere(failure)) {
                    throw failure;
                }
                failures.add(failure);
                tried.add(address);
                if (!Failures.notLeader(failure)) {
                    silent.add(address);
                }
                if (hops < MAX_HOPS && follow(failure, silent)) {
                    hops++;
                } else {
                    skip(tried);
                }
            }
        }
        return new Round<>(null, failures, tried);
    }

    private boolean paused() {
        try {
            pacer.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Makes the leader that a failure names the current one; false when it names none, the same again, or one that is silent. */
    private boolean follow(CommandFailure failure, Set<String> silent) {
        String leader = Failures.leader(failure).orElse("");
        if (leader.isEmpty() || leader.equals(addresses.get(current)) || silent.contains(leader)) {
            return false;
        }
        if (!addresses.contains(leader)) {
            if (addresses.size() >= MAX_FOUND) {
                return false;
            }
            addresses.add(leader);
        }
        current = addresses.indexOf(leader);
        return true;
    }

    /** The channel to the coordinator that is asked first now. */
    Channel channel() {
        return managed();
    }

    private Channel connected() {
        ManagedChannel channel = managed();
        if (connects(channel)) {
            return channel;
        }
        throw CommandFailure.passing(ExitCode.NO_COORDINATOR, "no connection in time", "", null);
    }

    /** Whether a connection is made, or fails, soon. */
    private static boolean connects(ManagedChannel channel) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        ConnectivityState state = channel.getState(true);
        while (state == ConnectivityState.IDLE || state == ConnectivityState.CONNECTING) {
            CountDownLatch changed = new CountDownLatch(1);
            channel.notifyWhenStateChanged(state, changed::countDown);
            try {
                if (!changed.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            state = channel.getState(true);
        }
        return true;
    }

    private ManagedChannel managed() {
        ManagedChannel channel = channels.computeIfAbsent(addresses.get(current), connector);
        // gRPC's own pause after a failed connection grows to minutes; whoever calls here has waited long enough
        channel.resetConnectBackoff();
        return channel;
    }

    /** Goes on with the next coordinator that was not tried, or just the next one. */
    private void skip(List<String> tried) {
        do {
            current = (current + 1) % addresses.size();
        } while (tried.contains(addresses.get(current)) && !tried.containsAll(addresses));
    }

    /** A stream of the current coordinator has failed: goes to the leader, if it was named, or else to the next one. */
    CommandFailure left(CommandFailure failure) {
        CommandFailure located = Failures.elsewhere(failure)
                ? Failures.unreachable(List.of(failure), List.of(addresses.get(current)), identity)
                : failure;
        if (!follow(failure, Set.of())) {
            skip(List.of());
        }
        return located;
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        try {
            for (ManagedChannel channel : channels.values()) {
                if (!channel.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.rota.cli.client;

import dev.rota.cli.client.Subscription.Completed;
import dev.rota.cli.client.Subscription.Message;
import dev.rota.cli.client.Subscription.Received;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.Rollout;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Follows one rollout across the loss of coordinators: subscribes again, ever less often, for at most {@link #LONGEST_OUTAGE} without an
 * answer. Whether a message is new is told by the rollout itself, see {@code Rollout.revision}.
 */
public final class RolloutFeed implements AutoCloseable {
    /** After this long without any coordinator the feed gives up: longer than a restart or an election takes. */
    public static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);

    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private final OperatorClient client;
    private final GetRolloutRequest request;
    private final Pacer pacer;
    private @Nullable Subscription<Rollout> subscription;
    private @Nullable Rollout pending;
    private @Nullable Duration lostAt;
    private CommandFailure lastFailure = ended();
    private Duration delay = FIRST_DELAY;
    private Duration nextTry = Duration.ZERO;

    /** What the feed has to tell. */
    public sealed interface Event {}

    /** The rollout, perhaps changed. */
    public record Seen(Rollout rollout) implements Event {}

    /** The connection is gone; the feed goes on trying. Told once for each outage. */
    public record Lost(CommandFailure failure) implements Event {}

    /** A coordinator answers again. */
    public record Regained() implements Event {}

    /** Nothing happened within the time. */
    public record Quiet() implements Event {}

    /** @param rollout full id, so that it stays the same rollout after an outage */
    public RolloutFeed(OperatorClient client, String rollout, Pacer pacer) {
        this.client = client;
        this.request = GetRolloutRequest.newBuilder().setRollout(rollout).build();
        this.pacer = pacer;
    }

    /**
     * The next event, waiting for it at most that long.
     *
     * @throws CommandFailure if the coordinator refuses, or none has answered for {@link #LONGEST_OUTAGE}
     */
    public Event next(Duration atMost) throws InterruptedException {
        if (pending != null) {
            Rollout rollout = pending;
            pending = null;
            return new Seen(rollout);
        }
        if (subscription == null && !waited(atMost)) {
            return new Quiet();
        }
        try {
            Subscription<Rollout> current = subscription == null ? client.watch(request) : subscription;
            subscription = current;
            return told(current.next(atMost));
        } catch (CommandFailure failure) {
            return lost(failure);
        }
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }

    /** Waits for the time of the next try; false if that is further away than the caller wants to wait. */
    private boolean waited(Duration atMost) throws InterruptedException {
        Duration left = nextTry.minus(pacer.uptime());
        if (lostAt == null || left.isNegative() || left.isZero()) {
            return true;
        }
        boolean now = left.compareTo(atMost) <= 0;
        pacer.sleep(now ? left : atMost);
        return now;
    }

    private Event told(Received<Rollout> received) {
        if (received instanceof Message<Rollout> message) {
            return seen(message.value());
        }
        if (received instanceof Completed<Rollout>) {
            return lost(ended());
        }
        if (lostAt != null && pacer.uptime().minus(lostAt).compareTo(LONGEST_OUTAGE) > 0) {
            throw lastFailure;
        }
        return new Quiet();
    }

    private static CommandFailure ended() {
        return CommandFailure.passing(ExitCode.NO_COORDINATOR, "the coordinator ended the stream", "", null);
    }

    private Event seen(Rollout rollout) {
        if (lostAt == null) {
            return new Seen(rollout);
        }
        lostAt = null;
        delay = FIRST_DELAY;
        pending = rollout;
        return new Regained();
    }

    private Event lost(CommandFailure failure) {
        close();
        if (!failure.passing()) {
            throw failure;
        }
        Duration now = pacer.uptime();
        boolean first = lostAt == null;
        Duration since = lostAt == null ? now : lostAt;
        if (now.plus(delay).minus(since).compareTo(LONGEST_OUTAGE) > 0) {
            throw failure;
        }
        lastFailure = failure;
        lostAt = since;
        nextTry = now.plus(delay);
        Duration doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
        return first ? new Lost(failure) : new Quiet();
    }
}

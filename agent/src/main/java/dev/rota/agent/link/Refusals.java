package dev.rota.agent.link;

import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Endings of connections that only a person can do something about: a coordinator that does not want this agent, or a second agent
 * with the same certificate. Each is a warning, said when it is new and then every five minutes. Used by the link's thread.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration AGAIN = Duration.ofMinutes(5);

    /** How long to wait before the next try when every coordinator has refused. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private final String node;
    private final int coordinators;
    private final LongSupplier nanos;
    private int inRow;
    private String said = "";
    private long saidNanos;

    Refusals(String node, int coordinators, LongSupplier nanos) {
        this.node = node;
        this.coordinators = coordinators;
        this.nanos = nanos;
    }

    /** Looks at the end of a connection; false when it is none of these and is for the caller to tell. */
    boolean ended(String coordinator, Status.Code code, String why, Optional<String> leader) {
        if (code == Status.Code.ABORTED) {
            say(coordinator + " ended the connection: " + why + "; two agents use the certificate of node " + node
                    + ": end one of them, or issue it a certificate of its own");
            return true;
        }
        if (leader.isPresent() || (code != Status.Code.FAILED_PRECONDITION && code != Status.Code.PERMISSION_DENIED)) {
            return false;
        }
        inRow++;
        say(coordinator + " refuses this agent: " + why);
        return true;
    }

    /** The wait before the next try, if it is not worth trying soon. */
    Optional<Duration> pause() {
        return inRow >= coordinators ? Optional.of(PAUSE) : Optional.empty();
    }

    /** A coordinator has taken this agent. */
    void welcomed() {
        inRow = 0;
    }

    private void say(String warning) {
        long now = nanos.getAsLong();
        if (!warning.equals(said) || now - saidNanos >= AGAIN.toNanos()) {
            LOG.warn(warning);
            said = warning;
            saidNanos = now;
        }
    }
}

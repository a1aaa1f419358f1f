package dev.rota.coordinator.journal;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/**
 * The members of a replicated journal and how they reach each other.
 *
 * @param addresses of all members by name, this one included; where each listens for the others
 * @param tls for connections between members, in both directions; must refuse everybody who is not a member
 * @param detection how soon a member that does not answer counts as gone
 */
public record Peers(SortedMap<String, InetSocketAddress> addresses, SSLContext tls, Detection detection) {
    /** Copies the addresses. */
    public Peers {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    /**
     * How soon a member counts as gone. A member that is deposed by mistake costs an election; one that is found late costs a wait.
     *
     * @param silence nothing was heard for so long; for a member that hangs
     * @param every how often each shows that it is there
     * @param doubt how long a member whose connections have broken is asked again; for one that was killed
     */
    public record Detection(Duration silence, Duration every, Duration doubt) {
        /** Survives the pauses of a busy machine. */
        public static final Detection NORMAL =
                new Detection(Duration.ofMillis(2500), Duration.ofMillis(500), Duration.ofMillis(200));
        /** For machines that do nothing else. */
        public static final Detection FAST =
                new Detection(Duration.ofMillis(1000), Duration.ofMillis(250), Duration.ofMillis(100));
    }
}

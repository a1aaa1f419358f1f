package dev.rota.agent.link;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which coordinator to try, and how long to wait before: one after the other, or wherever the leader is said to be. Used by the link's thread. */
final class Route {
    /** So many times in a row the agent goes at once where it is sent; coordinators that disagree must not keep it busy. */
    private static final int MAX_REDIRECTS = 3;

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,260}:\\d{1,5}");

    private final List<String> coordinators;
    private final Backoff backoff;
    private Optional<String> leader = Optional.empty();
    private int next;
    private int redirects;

    Route(List<String> coordinators, Backoff backoff) {
        this.coordinators = List.copyOf(coordinators);
        this.backoff = backoff;
    }

    /** The coordinator to try now. */
    String current() {
        return leader.orElseGet(() -> coordinators.get(next));
    }

    /**
     * The connection to the current coordinator has ended, or none was made.
     *
     * @param named where it says the leader is; followed also when it is none of the configured coordinators, since it must show a
     *     certificate of the same authority
     * @return how long to wait before the next one is tried
     */
    Duration ended(Optional<String> named) {
        Optional<String> elsewhere = named.filter(
                        address -> ADDRESS.matcher(address).matches())
                .filter(address -> !address.equals(current()));
        if (elsewhere.isEmpty()) {
            leader = Optional.empty();
            next = (next + 1) % coordinators.size();
            return backoff.next();
        }
        leader = elsewhere;
        redirects++;
        return redirects <= MAX_REDIRECTS ? backoff.turn() : backoff.next();
    }

    /** The last try was taken and not answered in time. */
    void overloaded() {
        backoff.overloaded();
    }

    /** Over how long the coordinator wants its agents to come back when all are cut off at once. */
    void spread(Duration window) {
        backoff.spread(window);
    }

    /** The last connection was a good one: the next tries come at once. */
    void good() {
        backoff.reset();
        redirects = 0;
    }
}

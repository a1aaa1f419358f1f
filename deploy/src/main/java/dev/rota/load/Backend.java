package dev.rota.load;

import java.util.Locale;

/** One server behind the balancer: whether it is well, whether it may get new requests, how many are under way. */
final class Backend {
    private static final int FAILURES_UNTIL_DOWN = 2;

    private final String name;
    private final String url;
    private boolean drained;
    private int failures = FAILURES_UNTIL_DOWN;
    private int underWay;

    Backend(String name, String url) {
        this.name = name;
        this.url = url;
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    /** Takes a request if it may have one; then {@link #leave} must follow. */
    synchronized boolean enter() {
        if (drained || isDown()) {
            return false;
        }
        underWay++;
        return true;
    }

    synchronized void leave() {
        underWay--;
    }

    synchronized void drain(boolean wanted) {
        drained = wanted;
    }

    /** What the last look at it, or the last request, showed. */
    synchronized void saw(boolean well) {
        failures = well ? 0 : Math.min(failures + 1, FAILURES_UNTIL_DOWN);
    }

    /** It refuses connections, so no more looks are needed. */
    synchronized void refused() {
        failures = FAILURES_UNTIL_DOWN;
    }

    /** Name, state (up, down, draining, drained) and requests under way. */
    synchronized String describe() {
        State state = drained ? underWay > 0 ? State.DRAINING : State.DRAINED : isDown() ? State.DOWN : State.UP;
        return name + " " + state.name().toLowerCase(Locale.ROOT) + " " + underWay;
    }

    private boolean isDown() {
        return failures >= FAILURES_UNTIL_DOWN;
    }

    private enum State {
        UP,
        DOWN,
        DRAINING,
        DRAINED
    }
}

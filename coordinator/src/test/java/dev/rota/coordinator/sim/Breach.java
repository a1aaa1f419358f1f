package dev.rota.coordinator.sim;

/** A rule was broken. */
final class Breach extends RuntimeException {
    private static final long serialVersionUID = 1;

    Breach(String rule, String what) {
        super(rule + ": " + what);
    }
}

package dev.rota.coordinator.sim;

/** A coordinator's process dies here and now; no handler of the code that is tested may stop it. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
        super("the process has died", null, false, false);
    }
}

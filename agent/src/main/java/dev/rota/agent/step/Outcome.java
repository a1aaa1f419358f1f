package dev.rota.agent.step;

/** How a step ended. */
public enum Outcome {
    /** All actions are done and proven. */
    DONE,
    /** An action failed or was not proven in its time. */
    FAILED,
    /** A command or the whole step was cut off at its deadline. */
    TIMED_OUT,
    /** Nothing was started. */
    REFUSED
}

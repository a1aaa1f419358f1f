package dev.rota.agent.step;

/**
 * How a step ended and why.
 *
 * @param message one sentence for an operator, at most {@value #MAX_MESSAGE} characters; empty when done
 * @param failedAction title of the action that failed; empty when done
 * @param output last part of the output of that action, at most {@value #MAX_OUTPUT} characters
 */
public record Verdict(Outcome outcome, Code code, String message, String failedAction, String output) {
    /** Bound of the wire contract. */
    public static final int MAX_MESSAGE = 2_000;
    /** Bound of the wire contract. */
    public static final int MAX_OUTPUT = 32_768;

    private static final int MAX_ACTION = 1_000;

    /** Cuts what is too long: message and action at their end, the output at its start. */
    public Verdict {
        failedAction = failedAction.length() <= MAX_ACTION ? failedAction : failedAction.substring(0, MAX_ACTION);
        message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 3) + "...";
        output = output.length() <= MAX_OUTPUT ? output : output.substring(output.length() - MAX_OUTPUT);
    }

    /** All actions are done. */
    public static Verdict done(String output) {
        return new Verdict(Outcome.DONE, Code.OK, "", "", output);
    }

    /** Nothing was started, and why. */
    public static Verdict refused(Code code, String message) {
        return new Verdict(Outcome.REFUSED, code, message, "", "");
    }

    /** An action failed, and why. */
    public static Verdict failed(Code code, String message, String action, String output) {
        Outcome outcome = code == Code.TIMED_OUT ? Outcome.TIMED_OUT : Outcome.FAILED;
        return new Verdict(outcome, code, message, action, output);
    }
}

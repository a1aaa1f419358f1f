package dev.rota.agent.action;

import dev.rota.agent.step.Code;

/** An action did not succeed; the message is one sentence for an operator and names the thing, the value and what was expected. */
public final class ActionFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String output;

    /** A failure without output. */
    public ActionFailure(Code code, String message) {
        this(code, message, "");
    }

    /** A failure with the output that shows it. */
    public ActionFailure(Code code, String message, String output) {
        super(message);
        this.code = code;
        this.output = output;
    }

    /** The machine-readable cause. */
    public Code code() {
        return code;
    }

    /** Output of the command or endpoint; may be empty. */
    public String output() {
        return output;
    }

    /** The message; never missing. */
    public String message() {
        return String.valueOf(getMessage());
    }
}

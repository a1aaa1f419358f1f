package dev.rota.coordinator.runtime;

/** A request that cannot be granted. The message is one sentence for an operator. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;

    /** What kind of refusal it is; decides the status on the wire and the exit code. */
    public enum Kind {
        USAGE,
        NOT_FOUND,
        REFUSED,
        UNAVAILABLE
    }

    /** Creates the refusal with its stable code and sentence. */
    public Refusal(Kind kind, String code, String sentence) {
        super(sentence);
        this.kind = kind;
        this.code = code;
    }

    /** Its kind. */
    public Kind kind() {
        return kind;
    }

    /** Stable word for scripts. */
    public String code() {
        return code;
    }
}

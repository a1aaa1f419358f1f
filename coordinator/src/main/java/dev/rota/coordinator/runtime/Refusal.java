package dev.rota.coordinator.runtime;

/** A request that cannot be granted. The message is one sentence for an operator. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final String leader;

    /** What kind of refusal it is; decides the status on the wire and the exit code. */
    public enum Kind {
        USAGE,
        NOT_FOUND,
        REFUSED,
        UNAVAILABLE
    }

    /** Creates the refusal with its stable code and sentence. */
    public Refusal(Kind kind, String code, String sentence) {
        this(kind, code, sentence, "");
    }

    private Refusal(Kind kind, String code, String sentence, String leader) {
        super(sentence);
        this.kind = kind;
        this.code = code;
        this.leader = leader;
    }

    /** Only the leader can do it; {@code leader} is where it is, {@code host:port}, empty when that is not known. */
    static Refusal notLeader(String sentence, String leader) {
        return new Refusal(Kind.UNAVAILABLE, "NOT_LEADER", sentence, leader);
    }

    /** Its kind. */
    public Kind kind() {
        return kind;
    }

    /** Stable word for scripts. */
    public String code() {
        return code;
    }

    /** Where to ask instead, as {@code host:port}; empty when that would not help or is not known. */
    public String leader() {
        return leader;
    }
}

package dev.rota.coordinator.port;

/** Only the leader may append; nothing was appended. */
public final class NotLeaderException extends JournalException {
    private static final long serialVersionUID = 1L;

    private final String leader;

    /** Creates the refusal; {@code leader} is the current leader's name, empty when there is none. */
    public NotLeaderException(String leader) {
        super(
                leader.isEmpty()
                        ? "there is no leader at the moment; try again"
                        : "the leader is " + leader + "; ask it instead");
        this.leader = leader;
    }

    /** The current leader's name; empty when there is none. */
    public String leader() {
        return leader;
    }
}

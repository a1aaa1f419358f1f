package dev.rota.coordinator.port;

/** Who leads, as this coordinator knows it. May be asked by any thread; the answer may be old when it arrives. */
public interface Leadership {
    /** Whether this coordinator leads: only then it serves agents and changes anything. */
    boolean leads();

    /** Name of the leader; empty while there is none. */
    String leaderName();

    /** Where agents and operators reach the leader, as {@code host:port}; empty while there is none or when that is not known. */
    String leaderAddress();
}

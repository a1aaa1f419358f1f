package dev.rota.coordinator.rollout;

import java.util.Arrays;
import java.util.Optional;

/** What a gate guards. */
public enum GatePurpose {
    /** Before a node is taken out of service: the others must carry the load. */
    TAKE_OUT("take-out"),
    /** Before a node leaves: all members agree, and what would remain is complete. */
    LEAVE("leave"),
    /** Before a node joins: there is a serving peer to join. */
    JOIN("join"),
    /** Before a node is back in service: it runs the right version, and all see it. */
    VERIFY("verify");

    private final String label;

    GatePurpose(String label) {
        this.label = label;
    }

    /** The word in the journal and in reports. */
    public String label() {
        return label;
    }

    /** The purpose with that label. */
    public static Optional<GatePurpose> of(String label) {
        return Arrays.stream(values()).filter(p -> p.label.equals(label)).findFirst();
    }
}

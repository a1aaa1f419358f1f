package dev.rota.coordinator.domain;

import java.util.Arrays;
import java.util.Optional;

/** How a cluster is upgraded. */
public enum Mode {
    /** Node by node; the service stays up. */
    SOFT("soft"),
    /** Stop all, change all, start all. */
    FULL_STOP("full-stop");

    private final String label;

    Mode(String label) {
        this.label = label;
    }

    /** The word on the command line and in reports. */
    public String label() {
        return label;
    }

    /** The mode with that label. */
    public static Optional<Mode> of(String label) {
        return Arrays.stream(values()).filter(m -> m.label.equals(label)).findFirst();
    }
}

package dev.rota.coordinator.port;

import java.io.IOException;

/** The disk has not enough room; the message says how much is free, how much is needed, and where. */
public final class InsufficientSpaceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the refusal. */
    public InsufficientSpaceException(String message) {
        super(message);
    }
}

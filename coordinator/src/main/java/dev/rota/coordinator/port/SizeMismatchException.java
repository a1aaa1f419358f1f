package dev.rota.coordinator.port;

import java.io.IOException;

/** More or fewer bytes were received than announced. */
public final class SizeMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the refusal; {@code received} may be what had come when the upload was stopped. */
    public SizeMismatchException(long announcedBytes, long receivedBytes) {
        super("received " + receivedBytes + " bytes, announced were " + announcedBytes + "; nothing was stored");
    }
}

package dev.rota.coordinator.port;

import java.io.IOException;

/** Bytes were received whose SHA-256 is not the announced one. */
public final class DigestMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the refusal from both digests in hex. */
    public DigestMismatchException(String expected, String actual) {
        super("the bytes have the SHA-256 " + actual + ", announced was " + expected + "; nothing was stored");
    }
}

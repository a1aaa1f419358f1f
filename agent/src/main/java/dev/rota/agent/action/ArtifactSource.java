package dev.rota.agent.action;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Where artifacts come from. */
public interface ArtifactSource {
    /**
     * Reads an artifact from an offset to its end, in order.
     *
     * @param limit the longest this may take
     * @throws UnavailableException if the source is away or the connection broke; what was passed on is good
     * @throws ActionFailure if the source does not have the artifact
     * @throws IOException what the sink threw
     */
    void read(String sha256, long offset, Duration limit, Sink sink)
            throws IOException, ActionFailure, InterruptedException;

    /** Takes the bytes. */
    @FunctionalInterface
    interface Sink {
        void accept(ByteBuffer bytes) throws IOException, ActionFailure;
    }

    /** The source cannot be asked now; trying again may help. */
    final class UnavailableException extends IOException {
        private static final long serialVersionUID = 1L;

        /** Says what is the matter. */
        public UnavailableException(String message) {
            super(message);
        }
    }
}

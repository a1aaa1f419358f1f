package dev.rota.coordinator.port;

import org.jspecify.annotations.Nullable;

/** The journal cannot do what was asked; the message names the journal, the cause and what to do. */
public class JournalException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    /** A refusal: nothing was appended. */
    public JournalException(String message) {
        this(message, null, false);
    }

    /** A refusal with its cause: nothing was appended. */
    public JournalException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private JournalException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** A failure after which the entry may or may not come to be committed. */
    public static JournalException unknownOutcome(String message, @Nullable Throwable cause) {
        return new JournalException(message, cause, true);
    }

    /** Whether the entry may have been appended and may still be committed later. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}

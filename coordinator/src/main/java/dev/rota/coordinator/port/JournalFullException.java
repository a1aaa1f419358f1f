package dev.rota.coordinator.port;

/** There is no room for another entry; nothing was appended, and asking another member does not help while this one leads. */
public final class JournalFullException extends JournalException {
    private static final long serialVersionUID = 1L;

    /** Creates the refusal; the message has the numbers and says what to do. */
    public JournalFullException(String message) {
        super(message);
    }
}

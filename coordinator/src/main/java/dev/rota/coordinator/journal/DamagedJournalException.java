package dev.rota.coordinator.journal;

import java.io.IOException;

/** What the journal's files hold cannot be what was written to them. */
final class DamagedJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedJournalException(String message) {
        super(message
                + "; nothing was changed. One of several coordinators: replace it (rota coordinators remove, an empty"
                + " directory, rota coordinators add), never by an older copy of it, which has forgotten what it had"
                + " confirmed. One that is alone: restore the journal directory from a backup");
    }
}

package dev.rota.coordinator.journal;

import java.io.IOException;

/** What the journal's files hold cannot be what was written to them. */
final class DamagedJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedJournalException(String message) {
        super(message + "; restore the journal directory from a backup, nothing was changed");
    }
}

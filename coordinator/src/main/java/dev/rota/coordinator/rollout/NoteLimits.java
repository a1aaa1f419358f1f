package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.rollout.Ledger.Outcome;
import java.util.Collection;
import java.util.Optional;

/** How many notes a product may have, and how large they may be together. */
public final class NoteLimits {
    private static final String ADVICE =
            ": import only what speaks of upgrades, and with --prune what is there no longer";

    private NoteLimits() {}

    /** Why a product cannot have these notes, if it cannot. */
    public static Optional<Outcome.Rejected> exceeded(String product, Collection<NoteRef> notes) {
        if (notes.size() > CoordinatorState.MAX_NOTES) {
            return Optional.of(new Outcome.Rejected(
                    "TOO_MANY_NOTES",
                    product + " would have " + notes.size() + " notes, at most " + CoordinatorState.MAX_NOTES
                            + " are kept" + ADVICE));
        }
        long bytes = notes.stream().mapToLong(NoteRef::sizeBytes).sum();
        return bytes <= CoordinatorState.MAX_NOTES_BYTES
                ? Optional.empty()
                : Optional.of(new Outcome.Rejected(
                        "NOTES_TOO_LARGE",
                        "the notes of " + product + " would have " + bytes + " bytes, at most "
                                + CoordinatorState.MAX_NOTES_BYTES + " are kept" + ADVICE));
    }
}

package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.language.VersionRange;
import java.util.Optional;

/**
 * A hop some notes are about.
 *
 * @param from the releases it starts from; nothing when the notes do not say and no earlier release is known
 * @param to the release it leads to
 * @param firstLine first line of the notes for it, counted from 1
 * @param lastLine last line of the notes for it
 */
public record FoundHop(Optional<VersionRange> from, VersionRange to, String file, int firstLine, int lastLine) {}

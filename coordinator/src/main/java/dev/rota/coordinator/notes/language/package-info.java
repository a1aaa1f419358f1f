/** What sentences of a note say: statements, conditions, versions, timing. */
@NullMarked
package dev.rota.coordinator.notes.language;

import org.jspecify.annotations.NullMarked;

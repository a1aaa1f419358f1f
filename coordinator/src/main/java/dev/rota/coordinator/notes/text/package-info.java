/** A note as blocks and sentences that know their lines. */
@NullMarked
package dev.rota.coordinator.notes.text;

import org.jspecify.annotations.NullMarked;

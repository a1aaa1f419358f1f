/** SQL in notes: blocks, statements, and whether they could run. */
@NullMarked
package dev.rota.coordinator.notes.sql;

import org.jspecify.annotations.NullMarked;

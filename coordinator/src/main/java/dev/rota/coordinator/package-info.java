/** Rota coordinator. */
@NullMarked
package dev.rota.coordinator;

import org.jspecify.annotations.NullMarked;

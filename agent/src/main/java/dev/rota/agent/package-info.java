/** Rota agent. */
@NullMarked
package dev.rota.agent;

import org.jspecify.annotations.NullMarked;

/** Rota cli. */
@NullMarked
package dev.rota.cli;

import org.jspecify.annotations.NullMarked;

/** Keeps on disk what steps print, for people to read; nothing depends on it. */
@NullMarked
package dev.rota.coordinator.logs;

import org.jspecify.annotations.NullMarked;

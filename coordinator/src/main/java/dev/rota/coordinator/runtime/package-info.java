/** The leader's single-threaded loop: events in, entries committed, effects out. */
@NullMarked
package dev.rota.coordinator.runtime;

import org.jspecify.annotations.NullMarked;

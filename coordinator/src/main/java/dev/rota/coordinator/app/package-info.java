/** The program rota-coordinator: its commands, and what is started and stopped in which order. */
@NullMarked
package dev.rota.coordinator.app;

import org.jspecify.annotations.NullMarked;

/** Reads the coordinator's configuration file; every mistake is named with its place. */
@NullMarked
package dev.rota.coordinator.config;

import org.jspecify.annotations.NullMarked;

/** Asks things outside the nodes: HTTP addresses, ports, and commands of the coordinator's own configuration. */
@NullMarked
package dev.rota.coordinator.check;

import org.jspecify.annotations.NullMarked;

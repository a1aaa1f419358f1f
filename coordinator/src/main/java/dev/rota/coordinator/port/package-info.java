/** What the runtime needs from the outside world, as interfaces: the journal, the artifacts, the agents, time and chance. */
@NullMarked
package dev.rota.coordinator.port;

import org.jspecify.annotations.NullMarked;

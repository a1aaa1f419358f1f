/** The journal on jgroups-raft: the only user of org.jgroups, with its own log file, because the one that is shipped loses data. */
@NullMarked
package dev.rota.coordinator.journal;

import org.jspecify.annotations.NullMarked;

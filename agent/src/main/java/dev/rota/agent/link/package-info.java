/** The connection to the coordinator; the only user of gRPC. */
@NullMarked
package dev.rota.agent.link;

import org.jspecify.annotations.NullMarked;

/** The coordinator's gRPC services and the server they run on: mutual TLS only, every message bounded. */
@NullMarked
package dev.rota.coordinator.grpc;

import org.jspecify.annotations.NullMarked;

/** The connection to the coordinators; the only package that uses gRPC. */
@NullMarked
package dev.rota.cli.client;

import org.jspecify.annotations.NullMarked;

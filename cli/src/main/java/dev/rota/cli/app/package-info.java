/** The program: wires the commands to the real terminal, clock and network. */
@NullMarked
package dev.rota.cli.app;

import org.jspecify.annotations.NullMarked;

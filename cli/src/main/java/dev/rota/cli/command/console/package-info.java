/** Where output goes: streams, terminal, progress line, screen that is redrawn in place, interruption. */
@NullMarked
package dev.rota.cli.command.console;

import org.jspecify.annotations.NullMarked;

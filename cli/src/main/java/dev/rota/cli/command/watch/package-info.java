/** Following a rollout to its end, as a live view, as plain lines or as JSON. */
@NullMarked
package dev.rota.cli.command.watch;

import org.jspecify.annotations.NullMarked;

/** Exit codes, and the failures that end a command with one of them. */
@NullMarked
package dev.rota.cli.exit;

import org.jspecify.annotations.NullMarked;

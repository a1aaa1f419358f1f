/** Files that survive a crash, and whole trees: durable writes, replacing, deleting, ownership. */
@NullMarked
package dev.rota.agent.file;

import org.jspecify.annotations.NullMarked;

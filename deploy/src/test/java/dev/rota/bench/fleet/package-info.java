/** Many agents in one process, as far as their connections go. */
@NullMarked
package dev.rota.bench.fleet;

import org.jspecify.annotations.NullMarked;

/** Figures beside the physical limit of the same machine in the same minute. */
@NullMarked
package dev.rota.bench;

import org.jspecify.annotations.NullMarked;

/** Keeps artifacts on disk under the digest of their bytes. */
@NullMarked
package dev.rota.coordinator.artifact;

import org.jspecify.annotations.NullMarked;

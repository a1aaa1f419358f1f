@NullMarked
package dev.rota.coordinator.runtime;

import org.jspecify.annotations.NullMarked;

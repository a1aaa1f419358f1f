/** The words of the coordinator as immutable values: inventory, releases, observations, plans. Pure. */
@NullMarked
package dev.rota.coordinator.domain;

import org.jspecify.annotations.NullMarked;

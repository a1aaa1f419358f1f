/** From what is known to a plan or a refusal: mode, reasons, order, steps. Pure. */
@NullMarked
package dev.rota.coordinator.plan;

import org.jspecify.annotations.NullMarked;

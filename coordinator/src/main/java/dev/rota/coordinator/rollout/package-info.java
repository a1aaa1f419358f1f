/** The state machine of a rollout and the ledger of everything that is committed. Pure and total. */
@NullMarked
package dev.rota.coordinator.rollout;

import org.jspecify.annotations.NullMarked;

/**
 * The whole of it in one thread, with virtual time and a seed: coordinator, agents, a product, clients and an operator, each of
 * which may fail. What happens is judged by the product's own truth after every event.
 */
@NullMarked
package dev.rota.coordinator.sim;

import org.jspecify.annotations.NullMarked;

/** The demonstration: brings up coordinator, agents, a product's cluster and a load, and upgrades it with the real command line. */
@NullMarked
package dev.rota.demo;

import org.jspecify.annotations.NullMarked;

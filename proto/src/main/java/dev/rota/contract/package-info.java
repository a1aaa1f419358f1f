/** Value types that agent, coordinator and command line must agree on: versions, phases, recipes and their loader. */
@NullMarked
package dev.rota.contract;

import org.jspecify.annotations.NullMarked;

/** Kills, stops and cuts off every part of Rota in every phase of an upgrade, and looks what became of it. */
@NullMarked
package dev.rota.crash;

import org.jspecify.annotations.NullMarked;

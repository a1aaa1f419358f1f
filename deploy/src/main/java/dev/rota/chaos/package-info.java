/** Upgrades a real cluster again and again, each time with one thing going wrong, and judges what became of it. */
@NullMarked
package dev.rota.chaos;

import org.jspecify.annotations.NullMarked;

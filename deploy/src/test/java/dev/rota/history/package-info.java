/** What three journals have acknowledged, checked against what they have after all of them were killed. */
@NullMarked
package dev.rota.history;

import org.jspecify.annotations.NullMarked;

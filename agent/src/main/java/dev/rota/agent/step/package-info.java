/** The state machine of one step, pure: what may follow what, and what has been found so far; no clock, no files, no threads. */
@NullMarked
package dev.rota.agent.step;

import org.jspecify.annotations.NullMarked;

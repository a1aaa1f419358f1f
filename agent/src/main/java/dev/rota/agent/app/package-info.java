/** The rota-agent program: command line, logging, and the wiring of all parts. */
@NullMarked
package dev.rota.agent.app;

import org.jspecify.annotations.NullMarked;

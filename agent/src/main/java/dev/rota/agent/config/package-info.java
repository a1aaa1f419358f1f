/** The agent's configuration file and the checks of what it names. */
@NullMarked
package dev.rota.agent.config;

import org.jspecify.annotations.NullMarked;

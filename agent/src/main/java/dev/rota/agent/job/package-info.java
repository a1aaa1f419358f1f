/** Job directories: what survives a crash of the agent, and the workers that carry steps out exactly once. */
@NullMarked
package dev.rota.agent.job;

import org.jspecify.annotations.NullMarked;

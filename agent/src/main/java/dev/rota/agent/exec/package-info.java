/** Operating-system processes: commands with a time limit, commands that outlive the agent, and what runs on this host. */
@NullMarked
package dev.rota.agent.exec;

import org.jspecify.annotations.NullMarked;

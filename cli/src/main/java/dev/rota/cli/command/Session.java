package dev.rota.cli.command;

import dev.rota.cli.client.ClientFactory;
import dev.rota.cli.client.Pacer;
import dev.rota.cli.command.console.Interrupts;
import dev.rota.cli.command.console.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The world around one run of the program.
 *
 * @param out standard output
 * @param err standard error
 * @param terminal what standard output is
 * @param environment environment variables
 * @param home the user's home directory
 * @param clients makes the connection
 * @param clock the time of day
 * @param pacer time that goes forward, and waiting
 * @param requestIds a fresh id for every request that changes something
 * @param interrupts tells of Ctrl-C
 */
public record Session(
        PrintWriter out,
        PrintWriter err,
        Terminal terminal,
        Map<String, String> environment,
        Path home,
        ClientFactory clients,
        Clock clock,
        Pacer pacer,
        Supplier<String> requestIds,
        Interrupts interrupts) {}

package dev.rota.cli.command;

import dev.rota.cli.client.Address;
import dev.rota.cli.command.Choices.Color;
import dev.rota.cli.command.Choices.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command understands, before or after its name. */
final class GlobalOptions {
    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (default: ${DEFAULT-VALUE}).")
    Output output = Output.TABLE;

    @Option(
            names = "--coordinator",
            scope = ScopeType.INHERIT,
            paramLabel = "HOST:PORT",
            description =
                    "A coordinator; may be repeated, tried in turn. Default: ROTA_COORDINATOR, separated by commas.")
    List<Address> coordinators = new ArrayList<>();

    @Option(
            names = "--identity",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description =
                    "Directory with ca.pem, cert.pem and key.pem. Default: ROTA_IDENTITY, else ~/.config/rota/identity.")
    @Nullable Path identity;

    @Option(
            names = "--timeout",
            scope = ScopeType.INHERIT,
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long one coordinator may take to answer (default: ${DEFAULT-VALUE}).")
    Duration timeout = Duration.ofSeconds(30);

    @Option(
            names = "--color",
            scope = ScopeType.INHERIT,
            paramLabel = "WHEN",
            defaultValue = "auto",
            description =
                    "auto, always or never; auto is on for a terminal unless NO_COLOR is set (default: ${DEFAULT-VALUE}).")
    Color color = Color.AUTO;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    boolean verbose;
}

package dev.rota.agent.app;

import dev.rota.agent.config.HostChecks;
import dev.rota.agent.config.Settings;
import dev.rota.agent.config.SettingsLoader;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigOption {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The agent's configuration file (YAML).")
    private Path file;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    ConfigOption() {}

    Settings load() {
        return SettingsLoader.load(file, new HostChecks(Clock.systemUTC()));
    }

    Path file() {
        return file;
    }
}

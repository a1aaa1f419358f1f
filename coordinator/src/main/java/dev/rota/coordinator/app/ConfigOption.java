package dev.rota.coordinator.app;

import dev.rota.coordinator.config.CoordinatorConfig;
import dev.rota.coordinator.grpc.TlsFiles;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigOption {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The coordinator's configuration file (YAML).")
    private Path file;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    ConfigOption() {}

    CoordinatorConfig load() {
        return CoordinatorConfig.load(file);
    }

    Path file() {
        return file;
    }

    static TlsFiles tls(CoordinatorConfig config) {
        return new TlsFiles(
                config.tls().ca(), config.tls().certificate(), config.tls().key());
    }
}

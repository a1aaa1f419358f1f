package dev.rota.coordinator.app;

import dev.rota.coordinator.config.CoordinatorConfig;
import dev.rota.coordinator.port.JournalException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rota-coordinator serve}: serves until it is told to stop (TERM, INT) or its journal fails. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serve agents and operators until stopped.")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption option;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    ServeCommand() {}

    @Override
    public Integer call() throws IOException, JournalException {
        CoordinatorConfig config = option.load();
        Main root = spec.root().commandLine().getCommand();
        Logs.toStandardError(root.verbose());
        CompletableFuture<Throwable> fatal = new CompletableFuture<>();
        try (CoordinatorApp app = CoordinatorApp.start(config, fatal::complete)) {
            Runtime.getRuntime().addShutdownHook(new Thread(app::close, "rota-stop"));
            Throwable cause = fatal.join();
            spec.commandLine()
                    .getErr()
                    .println("error: the journal has stopped and nothing can be decided any more: "
                            + cause.getMessage());
            return ExitCode.INTERNAL.code();
        }
    }
}

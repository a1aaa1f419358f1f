package dev.rota.agent.app;

import dev.rota.agent.action.Observer;
import dev.rota.agent.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rota-agent observe}: prints what the agent would report of the product. */
@Command(
        name = "observe",
        mixinStandardHelpOptions = true,
        description = "Look at the product once and print what was seen, without connecting.")
final class ObserveCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Option(names = "--replicas", description = "Also run the recipe's replica query.")
    private boolean replicas;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    ObserveCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = config.load();
        ExecutorService pool = Wiring.pool();
        try {
            Observer observer = new Observer(Wiring.offline(settings).observation(), pool);
            PrintWriter out = spec.commandLine().getOut();
            Observer.describe(observer.look(replicas, true))
                    .forEach((name, value) -> out.println(name + ": " + value.replace("\n", "\n  ")));
        } finally {
            pool.shutdownNow();
        }
        return ExitCode.OK.code();
    }
}

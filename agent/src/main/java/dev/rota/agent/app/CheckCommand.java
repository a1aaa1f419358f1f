package dev.rota.agent.app;

import dev.rota.agent.config.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rota-agent check}: says whether the agent could run with a configuration, without connecting. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check configuration, recipe, parameters, certificates and directories, without connecting.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    CheckCommand() {}

    @Override
    public Integer call() {
        Settings settings = config.load();
        spec.commandLine()
                .getOut()
                .println(config.file() + ": good: node " + settings.node() + ", recipe "
                        + settings.recipe().name() + " (" + settings.recipe().source() + ", "
                        + settings.recipe().digest().substring(0, 12) + ")");
        return ExitCode.OK.code();
    }
}

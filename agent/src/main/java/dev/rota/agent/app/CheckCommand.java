package dev.rota.agent.app;

import dev.rota.agent.config.Settings;
import dev.rota.agent.file.Durable;
import dev.rota.agent.job.SelfTest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rota-agent check}: says whether the agent could run with a configuration, without connecting. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check configuration, recipe, parameters, certificates and directories, without connecting.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Option(
            names = "--self-test",
            description =
                    "Also try what steps are made of (files, archives, a command as the recipe's user) in a directory below"
                            + " the data directory, which is deleted afterwards.")
    private boolean selfTest;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    CheckCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = config.load();
        if (selfTest) {
            tryHost(settings);
            spec.commandLine().getOut().println("self-test passed in " + settings.data());
        }
        spec.commandLine()
                .getOut()
                .println(config.file() + ": good: node " + settings.node() + ", recipe "
                        + settings.recipe().name() + " (" + settings.recipe().source() + ", "
                        + settings.recipe().digest().substring(0, 12) + ")");
        return ExitCode.OK.code();
    }

    private interface Test {
        Optional<String> run() throws IOException, InterruptedException;
    }

    /** Runs it without its log: how the test's steps end is in its result. */
    private static Optional<String> quietly(Test test) throws IOException, InterruptedException {
        Logger logger = Logger.getLogger("dev.rota.agent");
        @Nullable Level before = logger.getLevel();
        logger.setLevel(Level.OFF);
        try {
            return test.run();
        } finally {
            logger.setLevel(before);
        }
    }

    private void tryHost(Settings settings) throws IOException, InterruptedException {
        Durable.directories(settings.data(), DataLock.MODE);
        Optional<String> problem = quietly(() -> SelfTest.run(Wiring.offline(settings)));
        if (problem.isPresent()) {
            throw new IOException(config.file() + " is good, but this host fails the agent's self-test in "
                    + settings.data() + ": " + problem.get());
        }
    }
}

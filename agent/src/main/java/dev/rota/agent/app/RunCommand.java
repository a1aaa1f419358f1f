package dev.rota.agent.app;

import dev.rota.agent.config.Settings;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rota-agent run}: connects and serves until it is told to stop (TERM, INT). Running steps go on after a restart. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Connect to the coordinators and carry out what they order, until stopped.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    RunCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = config.load();
        boolean verbose = spec.commandLine().getParseResult().originalArgs().contains("--verbose");
        // held, like all of this, until the process ends
        DataLock lock = DataLock.take(settings.data());
        Logs logs = Logs.open(settings.data(), verbose);
        AgentProcess agent = new AgentProcess(settings);
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            agent.stop();
            logs.flush();
            stop.countDown();
        }));
        agent.start();
        stop.await();
        lock.release();
        return ExitCode.OK.code();
    }
}

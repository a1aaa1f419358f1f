package dev.rota.coordinator.app;

import dev.rota.coordinator.config.CoordinatorConfig;
import dev.rota.coordinator.grpc.GrpcServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rota-coordinator check}: says whether the coordinator could serve with a configuration, without starting it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check configuration, recipes and certificates, without starting anything.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption option;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    CheckCommand() {}

    @Override
    public Integer call() throws IOException {
        CoordinatorConfig config = option.load();
        GrpcServer.check(ConfigOption.tls(config));
        PeerSettings.peers(config);
        int nodes = config.inventory().clusters().stream()
                .mapToInt(cluster -> cluster.nodes().size())
                .sum();
        PrintWriter out = spec.commandLine().getOut();
        out.println(option.file() + ": good: coordinator " + config.name() + " on " + config.listen()
                + ", clusters: " + config.inventory().clusters().size() + ", nodes: " + nodes + ", "
                + PeerSettings.summary(config));
        PeerSettings.warnings(config).forEach(warning -> out.println("warning: " + warning));
        return ExitCode.OK.code();
    }
}

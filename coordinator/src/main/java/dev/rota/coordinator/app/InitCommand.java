package dev.rota.coordinator.app;

import dev.rota.coordinator.security.Authority;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rota-coordinator init}: makes the certificate authority and the coordinator's own certificate. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Make a certificate authority and this coordinator's certificate. Nothing is overwritten.")
final class InitCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The coordinator's data directory.")
    private Path data;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "This coordinator's name.")
    private String name;

    @Option(
            names = "--address",
            required = true,
            arity = "1..*",
            split = ",",
            paramLabel = "HOST",
            description = "Host names and addresses under which agents and operators reach this coordinator.")
    private List<String> addresses;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    InitCommand() {}

    @Override
    public Integer call() throws IOException {
        Path directory = data.toAbsolutePath().normalize();
        Authority authority = Authority.init(Layout.authority(directory), name, Instant::now);
        authority.issueCoordinator(name, addresses).writeTo(Layout.tls(directory));
        PrintWriter out = spec.commandLine().getOut();
        out.printf("""
                Coordinator %1$s has its certificate in %3$s,
                the certificate authority is in %2$s. Keep its key safe: who has it can be anyone.

                Next:
                  1. A certificate for yourself and for each node:
                       rota-coordinator issue operator NAME --role admin --out DIR --data %4$s
                       rota-coordinator issue agent NODE --out DIR --data %4$s
                  2. A configuration file:
                       name: %1$s
                       data: %4$s
                       listen: 0.0.0.0:7443
                       clusters:
                         CLUSTER: {recipe: RECIPE, nodes: [{name: NODE}, {name: NODE}]}
                  3. rota-coordinator check --config FILE
                     rota-coordinator serve --config FILE

                With three coordinators the loss of one stops nothing. For each of the other two:
                  rota-coordinator issue coordinator NAME --address HOST --out DIR --data %4$s
                and move DIR to tls in its data directory. Each has a configuration of its own (name, data, listen);
                all have the same clusters and the same list:
                       coordinators:
                         - {name: %1$s, address: HOST:7443, peer: HOST:7444}
                         - {name: NAME, address: HOST:7443, peer: HOST:7444}
                         - {name: NAME, address: HOST:7443, peer: HOST:7444}
                """, name, Layout.authority(directory), Layout.tls(directory), directory);
        out.flush();
        return ExitCode.OK.code();
    }
}

package dev.rota.coordinator.app;

import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.Credentials;
import dev.rota.coordinator.security.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code rota-coordinator issue}: makes certificates; those of agents and operators are valid for one year, those of coordinators as
 * long as the authority's own.
 */
@Command(
        name = "issue",
        mixinStandardHelpOptions = true,
        subcommands = {IssueCommand.ForAgent.class, IssueCommand.ForOperator.class, IssueCommand.ForCoordinator.class},
        description = "Make a certificate for an agent, an operator or another coordinator.")
final class IssueCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    IssueCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say for whom: agent, operator or coordinator");
    }

    /** Where the authority is, and where the new files go. */
    static final class Places {
        @Option(
                names = "--out",
                required = true,
                paramLabel = "DIR",
                description = "Where ca.pem, cert.pem and key.pem are written; nothing is overwritten.")
        private Path out;

        @Option(
                names = "--data",
                required = true,
                paramLabel = "DIR",
                description = "The coordinator's data directory.")
        private Path data;

        @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
        Places() {}

        Authority authority() throws IOException {
            return Authority.open(Layout.authority(data.toAbsolutePath().normalize()), Instant::now);
        }

        int write(Credentials credentials, String subject, CommandSpec spec) throws IOException {
            Path directory = out.toAbsolutePath().normalize();
            credentials.writeTo(directory);
            spec.commandLine()
                    .getOut()
                    .println("The certificate of " + subject + " is in " + directory
                            + " (ca.pem, cert.pem, key.pem); move it there over a safe channel.");
            return ExitCode.OK.code();
        }
    }

    /** {@code issue agent NODE}. */
    @Command(
            name = "agent",
            mixinStandardHelpOptions = true,
            description = "Make the certificate of a node's agent; it can speak for this node alone.")
    static final class ForAgent implements Callable<Integer> {
        @Parameters(paramLabel = "NODE", description = "The node's name, as in the configuration.")
        private String node;

        @Mixin
        private Places places;

        @Spec
        private CommandSpec spec;

        @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
        ForAgent() {}

        @Override
        public Integer call() throws IOException {
            return places.write(places.authority().issueAgent(node), "agent " + node, spec);
        }
    }

    /** {@code issue operator NAME}. */
    @Command(name = "operator", mixinStandardHelpOptions = true, description = "Make the certificate of an operator.")
    static final class ForOperator implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Who it is for; stands beside everything done with it.")
        private String name;

        @Option(names = "--role", required = true, paramLabel = "ROLE", description = "viewer, operator or admin.")
        private String role;

        @Mixin
        private Places places;

        @Spec
        private CommandSpec spec;

        @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
        ForOperator() {}

        @Override
        public Integer call() throws IOException {
            Role granted = Role.of(role)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "there is no role '" + role + "'; there are "
                                    + Arrays.stream(Role.values())
                                            .map(Role::label)
                                            .collect(Collectors.joining(", "))));
            return places.write(
                    places.authority().issueOperator(name, granted),
                    "operator " + name + " (" + granted.label() + ")",
                    spec);
        }
    }

    /** {@code issue coordinator NAME}. */
    @Command(
            name = "coordinator",
            mixinStandardHelpOptions = true,
            description = {
                "Make the certificate of another coordinator.",
                "Its directory becomes DATA/tls on that host; the authority stays where it is."
            })
    static final class ForCoordinator implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The coordinator's name, as in the configuration.")
        private String name;

        @Option(
                names = "--address",
                required = true,
                arity = "1..*",
                split = ",",
                paramLabel = "HOST",
                description = "Host names and addresses under which agents, operators and other coordinators reach it.")
        private List<String> addresses;

        @Mixin
        private Places places;

        @Spec
        private CommandSpec spec;

        @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
        ForCoordinator() {}

        @Override
        public Integer call() throws IOException {
            return places.write(places.authority().issueCoordinator(name, addresses), "coordinator " + name, spec);
        }
    }
}

package dev.rota.agent.app;

import dev.rota.contract.yaml.ConfigException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of the agent. Exit codes: 0 as asked, 1 a fault of the agent or its host, 2 usage or configuration. */
@Command(
        name = "rota-agent",
        description = "Carries out the steps of a rolling upgrade on this node.",
        subcommands = {RunCommand.class, CheckCommand.class, ObserveCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = RotaAgent.Version.class)
public final class RotaAgent implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show where an error comes from; log what is of interest to developers.")
    private boolean verbose;

    /** For picocli. */
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    public RotaAgent() {}

    /** Runs the program and ends the process. */
    public static void main(String[] args) {
        System.exit(run(args, writer(System.out), writer(System.err)));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Runs the program with its output going to these writers; returns the exit code. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new CommandLine(new RotaAgent())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(new Faults())
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: run, check or observe");
    }

    /** Tells users what is wrong; only {@code --verbose} shows where it comes from. */
    private static final class Faults implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
            PrintWriter err = command.getErr();
            if (e instanceof ConfigException) {
                err.println(e.getMessage());
            } else {
                err.println("error: " + Optional.ofNullable(e.getMessage()).orElse(e.toString()));
            }
            RotaAgent root = command.getCommandSpec().root().commandLine().getCommand();
            if (root.verbose) {
                e.printStackTrace(err);
            }
            return (e instanceof ConfigException ? ExitCode.USAGE : ExitCode.INTERNAL).code();
        }
    }

    /** The version of the program: that of its jar file. */
    static final class Version implements IVersionProvider {
        static String text() {
            return Optional.ofNullable(RotaAgent.class.getPackage().getImplementationVersion())
                    .orElse("development");
        }

        @Override
        public String[] getVersion() {
            return new String[] {"rota-agent " + text()};
        }
    }
}

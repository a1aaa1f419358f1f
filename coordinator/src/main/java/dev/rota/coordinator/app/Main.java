package dev.rota.coordinator.app;

import dev.rota.contract.yaml.ConfigException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of the coordinator. Exit codes: 0 as asked, 1 a fault of the coordinator or its host, 2 usage or configuration. */
@Command(
        name = "rota-coordinator",
        description = "Lets the nodes of a cluster take turns at being upgraded.",
        subcommands = {InitCommand.class, IssueCommand.class, CheckCommand.class, ServeCommand.class, NotesCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show where an error comes from; log what is of interest to developers.")
    private boolean verbose;

    /** For picocli. */
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    public Main() {}

    /** Runs the program and ends the process. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(args, out, err));
    }

    /** Runs the program with its output going to these writers; returns the exit code. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(new Faults())
                .execute(args);
    }

    boolean verbose() {
        return verbose;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: init, issue, check, serve or notes");
    }

    /** Tells users what is wrong; only {@code --verbose} shows where it comes from. */
    private static final class Faults implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
            PrintWriter err = command.getErr();
            err.println(e instanceof ConfigException ? e.getMessage() : "error: " + describe(e));
            Main root = command.getCommandSpec().root().commandLine().getCommand();
            if (root.verbose()) {
                e.printStackTrace(err);
            }
            boolean usage = e instanceof ConfigException || e instanceof IllegalArgumentException;
            return (usage ? ExitCode.USAGE : ExitCode.INTERNAL).code();
        }

        /** Most file exceptions have nothing but the file's name in their message. */
        private static String describe(Exception e) {
            String message = Optional.ofNullable(e.getMessage()).orElse(e.toString());
            if (!(e instanceof FileSystemException file) || file.getReason() != null) {
                return message;
            }
            if (e instanceof NoSuchFileException) {
                return "there is no file " + message
                        + "; 'rota-coordinator init' makes the authority's files, 'issue' those of others";
            }
            return e instanceof AccessDeniedException
                    ? message + " may not be used by this user; run it as the one who owns it"
                    : e.getClass().getSimpleName().replace("Exception", "") + ": " + message;
        }
    }
}

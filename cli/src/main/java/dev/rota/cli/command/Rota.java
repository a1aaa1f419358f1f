package dev.rota.cli.command;

import dev.rota.cli.client.Address;
import dev.rota.cli.command.Choices.Color;
import dev.rota.cli.command.Choices.Mode;
import dev.rota.cli.command.Choices.OnFailure;
import dev.rota.cli.command.Choices.Output;
import dev.rota.cli.exit.ExitCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.TypeConversionException;

/** The whole program: every command, wired to a session. */
public final class Rota {
    private Rota() {}

    /** Runs one command line; returns the exit code. */
    public static int run(Session session, String version, String... arguments) {
        return commandLine(session, version).execute(arguments);
    }

    /** The tree of commands. */
    static CommandLine commandLine(Session session, String version) {
        GlobalOptions options = new GlobalOptions();
        Context context = new Context(session, options);
        CommandLine rota = new CommandLine(new RotaCommand(options));
        rota.addSubcommand(new StatusCommand(context))
                .addSubcommand(new CommandLine(new NodesCommand(context))
                        .addSubcommand(new BackupsCommand(context))
                        .addSubcommand(new RestoreCommand(context))
                        .addSubcommand(new AcceptCommand(context)))
                .addSubcommand(new CommandLine(new ReleasesCommand())
                        .addSubcommand(new AddReleaseCommand(context))
                        .addSubcommand(new ReleasesCommand.List(context))
                        .addSubcommand(new ReleasesCommand.Show(context))
                        .addSubcommand(new ImportNotesCommand(context))
                        .addSubcommand(new WithdrawCommands.Withdraw(context))
                        .addSubcommand(new WithdrawCommands.Remove(context)))
                .addSubcommand(new CommandLine(new PlanCommand(context)).addSubcommand(new PlanCommand.Show(context)))
                .addSubcommand(new ApplyCommand(context))
                .addSubcommand(new CommandLine(new RolloutsCommand())
                        .addSubcommand(new RolloutsCommand.List(context))
                        .addSubcommand(new RolloutsCommand.Show(context))
                        .addSubcommand(new RolloutsCommand.Report(context))
                        .addSubcommand(new RolloutsCommand.Watch(context))
                        .addSubcommand(new ControlCommands.Pause(context))
                        .addSubcommand(new ControlCommands.Resume(context))
                        .addSubcommand(new ControlCommands.Abort(context))
                        .addSubcommand(new ControlCommands.Retry(context))
                        .addSubcommand(new ControlCommands.Rollback(context))
                        .addSubcommand(new ControlCommands.Skip(context))
                        .addSubcommand(new ControlCommands.Confirm(context)))
                .addSubcommand(new WhyCommand(context))
                .addSubcommand(new DoctorCommand(context))
                .addSubcommand(new LogsCommand(context))
                .addSubcommand(new CommandLine(new CoordinatorsCommand())
                        .addSubcommand(new CoordinatorsCommand.List(context))
                        .addSubcommand(new CoordinatorsCommand.Add(context))
                        .addSubcommand(new CoordinatorsCommand.Remove(context))
                        .addSubcommand(new CoordinatorsCommand.StepDown(context)))
                .addSubcommand(new CompletionCommand(context))
                .addSubcommand(new HelpCommand(context));
        FailureReport report = new FailureReport(context);
        rota.registerConverter(Output.class, Choices.converter(Output.values()))
                .registerConverter(Color.class, Choices.converter(Color.values()))
                .registerConverter(Mode.class, Choices.converter(Mode.values()))
                .registerConverter(OnFailure.class, Choices.converter(OnFailure.values()))
                .registerConverter(Choices.Pause.class, Choices.converter(Choices.Pause.values()))
                .registerConverter(CompletionCommand.Shell.class, Choices.converter(CompletionCommand.Shell.values()))
                .registerConverter(Duration.class, new DurationConverter())
                .registerConverter(Address.class, Rota::address)
                .setOut(session.out())
                .setErr(session.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setExecutionExceptionHandler(report)
                .setParameterExceptionHandler(report);
        rota.getCommandSpec().version("rota " + version);
        rota.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
        layOutHelp(rota);
        return rota;
    }

    /** Arguments and a command's own options come before the options that all commands share. */
    private static void layOutHelp(CommandLine commandLine) {
        commandLine
                .getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .synopsisHeading(commandLine.getParent() == null ? "Usage: " : "%nUsage: ")
                .descriptionHeading("%n");
        commandLine.getSubcommands().values().forEach(Rota::layOutHelp);
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> list = new LinkedHashMap<>();
        for (ExitCode exitCode : ExitCode.values()) {
            list.put(" " + exitCode.code(), exitCode.meaning());
        }
        return list;
    }

    private static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}

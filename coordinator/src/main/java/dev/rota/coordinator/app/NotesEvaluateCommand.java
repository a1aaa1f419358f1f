package dev.rota.coordinator.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rota-coordinator notes evaluate}: one answer per hop of a table. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Decide every hop of a table and write one line for each, separated by tabs:",
            "product, from, to, mode, code, file, firstLine, lastLine, quote.",
            "Of the table only the columns product, from, to and file are read."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:every row was answered",
            " 1:a fault of the program or its host",
            " 2:wrong arguments, or a table without these columns"
        },
        footerHeading = "%nExamples:%n",
        footer = "  rota-coordinator notes evaluate --rows labels.tsv --root notes/ > answers.tsv")
final class NotesEvaluateCommand implements Callable<Integer> {
    @Option(
            names = "--rows",
            required = true,
            paramLabel = "FILE",
            description = "The table, with a line of column names.")
    private Path rows;

    @Option(
            names = "--root",
            required = true,
            paramLabel = "DIR",
            description = "The directory the files of the table are in.")
    private Path root;

    @Mixin
    private RecipesOption recipes;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    NotesEvaluateCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(rows)) {
            throw new ParameterException(spec.commandLine(), "--rows: there is no file " + rows);
        }
        if (!Files.isDirectory(root)) {
            throw new ParameterException(spec.commandLine(), "--root: there is no directory " + root);
        }
        PrintWriter out = spec.commandLine().getOut();
        NotesEvaluation evaluation = new NotesEvaluation(root, recipes.load());
        for (NotesRow row : NotesRow.table(Files.readString(rows, StandardCharsets.UTF_8))) {
            out.println(evaluation.answer(row).line());
        }
        out.flush();
        return ExitCode.OK.code();
    }
}

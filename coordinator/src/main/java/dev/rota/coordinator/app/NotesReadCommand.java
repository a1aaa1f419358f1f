package dev.rota.coordinator.app;

import dev.rota.contract.Version;
import dev.rota.coordinator.notes.HopDecision;
import dev.rota.coordinator.notes.ParsedNotes;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rota-coordinator notes read}: soft or full stop for a hop, with the lines that decide, and all that was found. */
@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        description = {
            "Say what the notes for a hop allow: the mode, the lines that decide it, and everything found in them.",
            "What is unclear counts as a ban."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the notes were read, whatever they say; an unreadable file makes the answer unclear",
            " 1:a fault of the program or its host",
            " 2:wrong arguments, or a file that does not exist"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota-coordinator notes read --product ejabberd --from 23.01 --to 23.04 --notes 23.04/upgrade.md",
            "  rota-coordinator notes read --product mattermost --from 5.35 --to 5.36 --notes important-upgrade-notes.rst"
                    + " --assume gossip=true --output json"
        })
final class NotesReadCommand implements Callable<Integer> {
    @Option(names = "--from", required = true, paramLabel = "VERSION", description = "The installed release.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "VERSION", description = "The release to go to.")
    private String to;

    @Option(
            names = "--assume",
            paramLabel = "KEY=VALUE",
            description =
                    "What is known about the cluster, such as storage=sql; decides conditions in the notes. May be repeated.")
    private Map<String, String> assumptions = new TreeMap<>();

    @Mixin
    private NotesInput input;

    @Mixin
    private RecipesOption recipes;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    NotesReadCommand() {}

    @Override
    public Integer call() throws IOException {
        Hop hop = new Hop(Version.parse(from), Version.parse(to));
        HopDecision decision = HopDecision.of(
                NotesProduct.of(input.product(), recipes.load()),
                hop,
                ParsedNotes.of(input.notes()),
                new Assumptions(assumptions));
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                input.json()
                        ? NotesViews.json(input.product(), hop, decision)
                        : NotesViews.text(input.product(), hop, decision));
        out.flush();
        return ExitCode.OK.code();
    }
}

package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.command.Choices.Mode;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.PlanView;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import dev.rota.wire.operator.v1.GetPlanRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        header = "Plans an upgrade without touching a node.",
        customSynopsis = {
            "rota plan [OPTIONS] CLUSTER --to VERSION",
            "       rota plan [OPTIONS] CLUSTER --rollback-of ROLLOUT",
            "       rota plan show PLAN",
        },
        description =
                "Decides how a cluster gets to a version and lays out everything a run will do, without touching a node: the path, soft "
                        + "or full stop with every rule that was looked at, the batches with nodes and phases, the gate and the limits. What is "
                        + "planned is what runs: apply refuses the plan when anything it rests on has changed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota plan chat --to 24.02",
            "  rota plan chat --to 24.02 --stable 2m --max-unavailable 2 --min-serving 3",
            "  rota plan chat --to 24.02 --max-unavailable 30%% --canary 2",
            "  rota plan chat --to 24.02 --canary n3 --pause-after canary",
            "  rota plan chat --to 24.02 --mode full-stop",
            "  rota plan chat --to 24.02 --retries 2 --on-failure rollback-node",
            "  rota plan chat --to 24.02 --assume storage=mysql --explain",
            "  rota plan chat --rollback-of chat-7 --dry-run",
            "  rota plan show 3f9a2c41d07e"
        })
final class PlanCommand extends RemoteCommand {
    @Parameters(arity = "0..1", paramLabel = "CLUSTER", defaultValue = "", description = "The cluster to upgrade.")
    String cluster = "";

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            defaultValue = "",
            description = "The version to run afterwards. Required, unless --rollback-of is given.")
    String to = "";

    @Mixin
    RollbackOptions rollback = new RollbackOptions();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            completionCandidates = Choices.Modes.class,
            description =
                    "soft or full-stop; default: what the rules decide. Asking for soft where it is forbidden is refused.")
    @Nullable Mode mode;

    @Mixin
    GateOptions gate = new GateOptions();

    @Mixin
    TurnOptions turns = new TurnOptions();

    @Option(
            names = "--allow-downgrade",
            description = "The target may be older than what runs, where the recipe allows it.")
    boolean allowDowngrade;

    @Option(
            names = "--assume",
            paramLabel = "NAME=VALUE",
            mapFallbackValue = "yes",
            description =
                    "What release notes ask about the cluster, such as storage=sql; on top of the coordinator's settings."
                            + " Repeatable.")
    Map<String, String> assume = new LinkedHashMap<>();

    @Option(
            names = "--override-notes",
            paramLabel = "WHY",
            description =
                    "Do not take notes that are unclear for a ban, and why; for admins, and kept with the plan. A clear ban"
                            + " stays one.")
    @Nullable String overrideNotes;

    @Mixin
    FailureOptions failure = new FailureOptions();

    @Mixin
    MixedOption mixed = new MixedOption();

    @Option(
            names = "--again",
            paramLabel = "WHY",
            description = "Try a version again that was rolled back on this cluster, and why; kept with the plan.")
    @Nullable String again;

    @Mixin
    OversightOptions oversight = new OversightOptions();

    @Option(
            names = "--explain",
            description =
                    "Also show everything the release notes say about the way, with file and line, every time-out and limit, and what makes"
                            + " the plan stale.")
    boolean explain;

    @Option(
            names = "--dry-run",
            description =
                    "Only show what would be planned. Nothing is kept or fetched ahead, viewers may, and it works while a rollout is"
                            + " under way.")
    boolean dryRun;

    PlanCommand(Context context) {
        super(context);
    }

    @Override
    void validate() {
        require(!cluster.isEmpty(), "plan which cluster? rota plan CLUSTER --to VERSION");
        require(
                !to.isEmpty() || !rollback.of.isEmpty(),
                "plan to which version? rota plan " + cluster + " --to VERSION");
        require(to.isEmpty() || rollback.of.isEmpty(), "either --to a version or --rollback-of a rollout, not both");
        require(
                !(rollback.loss.accept || rollback.loss.noBackup) || !rollback.of.isEmpty(),
                (rollback.loss.accept ? "--accept-loss" : "--no-backup")
                        + " is about data that --rollback-of would overwrite");
        require(turns.problem().isEmpty(), turns.problem());
        require(
                turns.canary.isEmpty() || rollback.of.isEmpty(),
                "--canary is for plans that lead on, not for --rollback-of");
        require(failure.problem().isEmpty(), failure.problem());
        require(mixed.problem().isEmpty(), mixed.problem());
        require(again == null || !again.isBlank(), "--again needs a reason, and it is empty");
        require(oversight.failedProbes == null || oversight.failedProbes >= 0, "--failed-probes is at least 0");
        require(overrideNotes == null || !overrideNotes.isBlank(), "--override-notes needs a reason, and it is empty");
    }

    @Override
    ExitCode run(OperatorClient client) {
        CreatePlanRequest.Builder request = CreatePlanRequest.newBuilder()
                .setRequestId(context().requestId())
                .setCluster(cluster)
                .setTo(to)
                .setRollbackOf(rollback.of)
                .setAcceptLoss(rollback.loss.accept)
                .setNoBackup(rollback.loss.noBackup)
                .setMode(mode == null ? "" : Choices.word(mode))
                .setAllowDowngrade(allowDowngrade)
                .putAllAssume(assume)
                .setOverrideNotes(overrideNotes == null ? "" : overrideNotes)
                .setAgain(again == null ? "" : again)
                .setDryRun(dryRun);
        turns.apply(request);
        failure.policy().ifPresent(request::setFailure);
        gate.into(request);
        GateOptions.ifGiven(mixed.limit, request::setMixedLimitMs);
        oversight.into(request);
        return context().show(client.createPlan(request.build()), (plan, page) -> PlanView.text(plan, page, explain));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw CommandFailure.of(ExitCode.USAGE, otherwise, "more about it: rota help plan");
        }
    }

    @Command(
            name = "show",
            header = "Shows a plan again.",
            description = "Shows a plan exactly as it was made, by its id or at least its first 6 characters.",
            footerHeading = "%nExamples:%n",
            footer = "  rota plan show 3f9a2c41d07e")
    static final class Show extends RemoteCommand {
        @Parameters(paramLabel = "PLAN", description = "The plan's id, or at least its first 6 characters.")
        String plan = "";

        @Option(
                names = "--explain",
                description =
                        "Also show everything the release notes say about the way, with file and line, and every time-out and limit.")
        boolean explain;

        Show(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            return context()
                    .show(
                            client.plan(
                                    GetPlanRequest.newBuilder().setPlanId(plan).build()),
                            (shown, page) -> PlanView.text(shown, page, explain));
        }
    }
}

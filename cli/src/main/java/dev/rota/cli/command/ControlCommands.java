package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.RolloutView;
import dev.rota.wire.operator.v1.ControlRolloutRequest;
import dev.rota.wire.operator.v1.RolloutControl;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that tell a rollout what to do. */
final class ControlCommands {
    private ControlCommands() {}

    @Command(
            name = "pause",
            header = "Pauses a rollout.",
            description =
                    "Lets the nodes under way finish their turn and starts no other until the rollout is resumed.",
            footerHeading = "%nExamples:%n",
            footer = "  rota rollouts pause chat")
    static final class Pause extends Control {
        Pause(Context context) {
            super(context, RolloutControl.ROLLOUT_CONTROL_PAUSE);
        }
    }

    @Command(
            name = "resume",
            header = "Resumes a paused rollout.",
            description = "Lets a paused rollout go on.",
            footerHeading = "%nExamples:%n",
            footer = "  rota rollouts resume chat")
    static final class Resume extends Control {
        Resume(Context context) {
            super(context, RolloutControl.ROLLOUT_CONTROL_RESUME);
        }
    }

    @Command(
            name = "abort",
            header = "Ends a rollout early.",
            description = "Ends a rollout: no other node is started. Nodes that are done stay upgraded.",
            footerHeading = "%nExamples:%n",
            footer = "  rota rollouts abort chat")
    static final class Abort extends Control {
        Abort(Context context) {
            super(context, RolloutControl.ROLLOUT_CONTROL_ABORT);
        }
    }

    @Command(
            name = "retry",
            header = "Runs the step that failed once more.",
            description = "Runs the step a rollout is held at once more.",
            footerHeading = "%nExamples:%n",
            footer = "  rota rollouts retry chat")
    static final class Retry extends Control {
        Retry(Context context) {
            super(context, RolloutControl.ROLLOUT_CONTROL_RETRY);
        }
    }

    @Command(
            name = "rollback",
            header = "Takes back the turn of the node a rollout is held by.",
            description =
                    "Takes the node a rollout is held by back to the release it comes from, in reverse order and by the same gates, and then"
                            + " ends the rollout. Nodes that were upgraded before stay upgraded, unless --all is given. When the way back"
                            + " itself is held, goes on with it. rota why says whether there is a way back, and what it consists of.",
            footerHeading = "%nExamples:%n",
            footer = {"  rota rollouts rollback chat", "  rota rollouts rollback chat --all"})
    static final class Rollback extends Control {
        @Option(
                names = "--all",
                description =
                        "Then take back every node that was upgraded before, too, one after the other, the last one"
                                + " first.")
        boolean all;

        Rollback(Context context) {
            super(context, RolloutControl.ROLLOUT_CONTROL_ROLLBACK);
        }

        @Override
        RolloutControl control() {
            return all ? RolloutControl.ROLLOUT_CONTROL_ROLLBACK_ALL : super.control();
        }
    }

    @Command(
            name = "skip",
            header = "Goes on without what a rollout is held by.",
            description =
                    "Goes on without the node a rollout is held by, which stays as it is, as long as nothing has been done to it; or without"
                            + " an announcement or clean-up that failed. Refused for all else.",
            footerHeading = "%nExamples:%n",
            footer = "  rota rollouts skip chat")
    static final class Skip extends Control {
        Skip(Context context) {
            super(context, RolloutControl.ROLLOUT_CONTROL_SKIP);
        }
    }

    @Command(
            name = "confirm",
            header = "Confirms manual steps a rollout waits for.",
            description = {
                "Says that what only a person can do is done, or is not needed here, and lets the rollout go on. rota why shows what it"
                        + " waits for and where the notes ask for it.",
            },
            footerHeading = "%nExamples:%n",
            footer = {"  rota rollouts confirm chat m1 m2", "  rota rollouts confirm chat --all"})
    static final class Confirm extends RolloutsCommand.OneRollout {
        @Parameters(index = "1..*", paramLabel = "STEP", description = "Ids of manual steps, such as m1.")
        List<String> steps = new ArrayList<>();

        @Option(names = "--all", description = "All that the rollout waits for now.")
        boolean all;

        Confirm(Context context) {
            super(context);
        }

        @Override
        void validate() {
            if (all != steps.isEmpty()) {
                throw CommandFailure.of(
                        ExitCode.USAGE,
                        all ? "either name steps or say --all" : "confirm which steps? name them, or say --all",
                        "rota why " + name() + " shows them");
            }
        }

        @Override
        ExitCode run(OperatorClient client) {
            ControlRolloutRequest request = ControlRolloutRequest.newBuilder()
                    .setRequestId(context().requestId())
                    .setRollout(name())
                    .setControl(RolloutControl.ROLLOUT_CONTROL_CONFIRM)
                    .addAllSteps(steps)
                    .build();
            return context().show(client.control(request), RolloutView::acknowledged);
        }
    }

    private abstract static class Control extends RolloutsCommand.OneRollout {
        private final RolloutControl control;

        Control(Context context, RolloutControl control) {
            super(context);
            this.control = control;
        }

        RolloutControl control() {
            return control;
        }

        @Override
        final ExitCode run(OperatorClient client) {
            ControlRolloutRequest request = ControlRolloutRequest.newBuilder()
                    .setRequestId(context().requestId())
                    .setRollout(name())
                    .setControl(control())
                    .build();
            return context().show(client.control(request), RolloutView::acknowledged);
        }
    }
}

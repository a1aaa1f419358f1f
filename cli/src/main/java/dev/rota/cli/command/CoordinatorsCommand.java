package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.CoordinatorsView;
import dev.rota.wire.operator.v1.ChangeCoordinatorRequest;
import dev.rota.wire.operator.v1.CoordinatorList;
import dev.rota.wire.operator.v1.StepDownRequest;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "coordinators",
        header = "Lists, adds and removes coordinators, and changes who leads.",
        description =
                "The coordinators that share one journal. With three of them the loss of one stops nothing, with five the loss of two.")
final class CoordinatorsCommand extends Group {
    /** An election takes less than this many looks, also when a candidate just hangs. */
    private static final int LOOKS = 40;

    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final String FILES =
            "hint: the configuration files of the other coordinators must be changed, too: ";

    @Command(
            name = "list",
            header = "Lists the coordinators.",
            description =
                    "Lists the coordinators: who leads, who can be reached, and how many entries each is behind. While nobody leads, any of them "
                            + "answers with what it knows.",
            footerHeading = "%nExamples:%n",
            footer = {"  rota coordinators list", "  rota coordinators list --output json"})
    static final class List extends RemoteCommand {
        List(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            return context().show(client.coordinators(), CoordinatorsView::text);
        }
    }

    @Command(
            name = "add",
            header = "Adds a coordinator.",
            description =
                    "Lets a coordinator vote from now on. It must run already, with a configuration that lists all coordinators and itself, and "
                            + "a certificate of the same authority. Add one at a time. Needs the role admin.",
            footerHeading = "%nExamples:%n",
            footer = "  rota coordinators add rota-4")
    static final class Add extends OneCoordinator {
        Add(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            ExitCode done = context().show(client.addCoordinator(request()), CoordinatorsView::text);
            context().console().note(FILES + "add " + name + " to 'coordinators' in each");
            return done;
        }
    }

    @Command(
            name = "remove",
            header = "Removes a coordinator.",
            description =
                    "Takes a coordinator's vote away, say because its host is lost for good. Refused for the leader, which steps down first, for "
                            + "the last one, and when too few of the others can be reached. Needs the role admin.",
            footerHeading = "%nExamples:%n",
            footer = "  rota coordinators remove rota-2")
    static final class Remove extends OneCoordinator {
        Remove(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            ExitCode done = context().show(client.removeCoordinator(request()), CoordinatorsView::text);
            context().console().note(FILES + "stop " + name + " for good and take it out of 'coordinators' in each");
            return done;
        }
    }

    @Command(
            name = "step-down",
            header = "Gives the leadership to another coordinator.",
            description =
                    "Makes the leader give the leadership to another coordinator, say before its host is restarted, and waits until another one "
                            + "leads. Rollouts go on. Needs the role admin.",
            footerHeading = "%nExamples:%n",
            footer = "  rota coordinators step-down")
    static final class StepDown extends RemoteCommand {
        StepDown(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) throws InterruptedException {
            long term = client.coordinators().getTerm();
            client.stepDown(StepDownRequest.newBuilder()
                    .setRequestId(context().requestId())
                    .setTerm(term)
                    .build());
            CoordinatorList list = client.coordinators();
            for (int i = 0; i < LOOKS && !takenOver(list, term); i++) {
                context().session().pacer().sleep(PAUSE);
                list = client.coordinators();
            }
            ExitCode shown = context().show(list, CoordinatorsView::text);
            if (!takenOver(list, term)) {
                throw CommandFailure.of(
                        ExitCode.NO_COORDINATOR,
                        "the leader of term " + term + " has stepped down, and nobody leads yet",
                        "look again with: rota coordinators list",
                        "a majority of the coordinators must be connected to each other");
            }
            return shown;
        }

        private static boolean takenOver(CoordinatorList list, long term) {
            return !list.getMayBeOld() && !list.getLeaderName().isEmpty() && list.getTerm() > term;
        }
    }

    abstract static class OneCoordinator extends RemoteCommand {
        @Parameters(paramLabel = "NAME", description = "The coordinator's name, as in its configuration.")
        String name = "";

        OneCoordinator(Context context) {
            super(context);
        }

        final ChangeCoordinatorRequest request() {
            return ChangeCoordinatorRequest.newBuilder()
                    .setRequestId(context().requestId())
                    .setName(name)
                    .build();
        }
    }
}

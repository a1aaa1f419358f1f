package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.RolloutView;
import dev.rota.cli.view.RolloutsView;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.ListRolloutsRequest;
import dev.rota.wire.operator.v1.Rollout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollouts",
        header = "Lists, shows, follows and steers rollouts.",
        description = "Rollouts: list and show them, follow one, and tell one what to do.")
final class RolloutsCommand extends Group {

    @Command(
            name = "list",
            header = "Lists rollouts.",
            description = "Lists rollouts of one cluster or of all, as the coordinator orders them.",
            footerHeading = "%nExamples:%n",
            footer = {"  rota rollouts list", "  rota rollouts list chat --active"})
    static final class List extends RemoteCommand {
        @Parameters(
                arity = "0..1",
                paramLabel = "CLUSTER",
                defaultValue = "",
                description = "Only this cluster; default: all.")
        String cluster = "";

        @Option(names = "--active", description = "Only those that have not ended.")
        boolean active;

        List(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            ListRolloutsRequest request = ListRolloutsRequest.newBuilder()
                    .setCluster(cluster)
                    .setActiveOnly(active)
                    .build();
            return context().show(client.rollouts(request), RolloutsView::text);
        }
    }

    @Command(
            name = "show",
            header = "Shows one rollout.",
            description =
                    "Shows a rollout: where every node stands, how long each phase took, and, if it is held, why.",
            footerHeading = "%nExamples:%n",
            footer = {"  rota rollouts show chat", "  rota rollouts show 7c1d90 --output json"})
    static final class Show extends OneRollout {
        Show(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            return context().show(rollout(client), RolloutView::text);
        }
    }

    @Command(
            name = "report",
            header = "Reports what a rollout measured.",
            description =
                    "Reports a rollout's figures: how long it took and what of that was the product's, what the outside probe saw of the "
                            + "service, in all and in each batch, and how long each phase took. Of one that goes on, until now.",
            footerHeading = "%nExamples:%n",
            footer = {"  rota rollouts report chat", "  rota rollouts report 7c1d90 --output json"})
    static final class Report extends OneRollout {
        Report(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            return context().show(rollout(client), RolloutView::summary);
        }
    }

    @Command(
            name = "watch",
            header = "Follows a rollout to its end.",
            description =
                    "Follows a rollout to its end: a live view on a terminal, else one line for each change. Stops with exit code 7 "
                            + "when the rollout needs a person, 6 when it ended badly. Interrupting the watch does not touch the rollout.",
            footerHeading = "%nExamples:%n",
            footer = {"  rota rollouts watch chat", "  rota rollouts watch 7c1d90 --output json"})
    static final class Watch extends OneRollout {
        Watch(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            return context().watch().follow(client, rollout(client));
        }
    }

    /** A command about one rollout. */
    abstract static class OneRollout extends RemoteCommand {
        @Parameters(
                paramLabel = "ROLLOUT",
                description = "The rollout's id, its beginning, or a cluster (its active or else newest rollout).")
        String name = "";

        OneRollout(Context context) {
            super(context);
        }

        final String name() {
            return name;
        }

        /** The rollout as it is now. */
        final Rollout rollout(OperatorClient client) {
            return client.rollout(
                    GetRolloutRequest.newBuilder().setRollout(name).build());
        }
    }
}

package dev.rota.cli.command.watch;

import dev.rota.cli.client.RolloutFeed;
import dev.rota.cli.command.console.Console;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.view.Change;
import dev.rota.cli.view.Changes;
import dev.rota.cli.view.HoldView;
import dev.rota.cli.view.RolloutView;
import dev.rota.cli.view.layout.Units;
import dev.rota.wire.operator.v1.Rollout;

/** One line for each change, for logs and for searching; what concerns the connection goes to standard error. */
final class PlainOutput implements WatchOutput {
    private final Console console;
    private final Changes changes = new Changes();

    PlainOutput(Console console) {
        this.console = console;
    }

    @Override
    public void seen(Rollout rollout) {
        int width = Changes.nodeWidth(rollout);
        StringBuilder lines = new StringBuilder();
        for (Change change : changes.take(rollout)) {
            lines.append(change.line(width, console.page())).append('\n');
        }
        console.print(lines.toString());
    }

    @Override
    public void quiet() {}

    @Override
    public void lost(CommandFailure failure) {
        console.note(lostNotice(failure));
    }

    @Override
    public void regained() {
        console.note("rota: a coordinator answers again");
    }

    @Override
    public void concluded(Rollout rollout) {
        console.print(conclusion(rollout, console));
    }

    @Override
    public void close() {}

    static String lostNotice(CommandFailure failure) {
        return "rota: lost the coordinator (" + failure.sentence() + "); trying again for "
                + Units.setting(RolloutFeed.LONGEST_OUTAGE.toMillis());
    }

    /** The hold of a rollout that waits for a person, else the summary of the run. */
    static String conclusion(Rollout rollout, Console console) {
        return "\n"
                + (rollout.hasHold()
                        ? HoldView.text(rollout.getHold(), console.page())
                        : RolloutView.summary(rollout, console.page()));
    }
}

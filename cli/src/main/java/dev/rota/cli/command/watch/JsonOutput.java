package dev.rota.cli.command.watch;

import dev.rota.cli.command.console.Console;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.view.Json;
import dev.rota.wire.operator.v1.Rollout;
import org.jspecify.annotations.Nullable;

/** Every new state of the rollout as one document on one line. */
final class JsonOutput implements WatchOutput {
    private final Console console;
    private @Nullable Rollout last;

    JsonOutput(Console console) {
        this.console = console;
    }

    @Override
    public void seen(Rollout rollout) {
        boolean old = last != null && (rollout.getRevision() < last.getRevision() || rollout.equals(last));
        if (!old) {
            last = rollout;
            console.print(Json.line(rollout));
        }
    }

    @Override
    public void quiet() {}

    @Override
    public void lost(CommandFailure failure) {
        console.note(PlainOutput.lostNotice(failure));
    }

    @Override
    public void regained() {
        console.note("rota: a coordinator answers again");
    }

    @Override
    public void concluded(Rollout rollout) {}

    @Override
    public void close() {}
}

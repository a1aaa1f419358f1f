package dev.rota.cli.command.watch;

import dev.rota.cli.command.console.Console;
import dev.rota.cli.command.console.Screen;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.view.LiveView;
import dev.rota.wire.operator.v1.Rollout;
import org.jspecify.annotations.Nullable;

/** A screen that is redrawn with every change and every second. */
final class LiveOutput implements WatchOutput {
    private final Console console;
    private final Screen screen;
    private @Nullable Rollout rollout;
    private String notice = "";

    LiveOutput(Console console) {
        this.console = console;
        this.screen = console.screen();
    }

    @Override
    public void seen(Rollout seen) {
        if (rollout == null || seen.getRevision() >= rollout.getRevision()) {
            rollout = seen;
        }
        quiet();
    }

    @Override
    public void quiet() {
        if (rollout != null) {
            screen.draw(LiveView.lines(rollout, notice, console.terminal().rows(), console.page()));
        }
    }

    @Override
    public void lost(CommandFailure failure) {
        notice = PlainOutput.lostNotice(failure);
        quiet();
    }

    @Override
    public void regained() {
        notice = "";
        quiet();
    }

    @Override
    public void concluded(Rollout last) {
        close();
        console.print(PlainOutput.conclusion(last, console));
    }

    @Override
    public void close() {
        screen.close();
    }
}

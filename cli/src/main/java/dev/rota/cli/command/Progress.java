package dev.rota.cli.command;

import dev.rota.cli.client.Pacer;
import dev.rota.cli.client.TransferListener;
import dev.rota.cli.command.console.ProgressLine;
import dev.rota.cli.view.Bar;
import java.time.Duration;

/** Shows how far transfers have come. */
final class Progress {
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final ProgressLine line;
    private final Pacer pacer;

    Progress(ProgressLine line, Pacer pacer) {
        this.line = line;
        this.pacer = pacer;
    }

    /** Is told about one transfer. */
    TransferListener of(String verb, long total) {
        Duration start = pacer.uptime();
        Duration[] next = {start};
        return bytes -> {
            Duration now = pacer.uptime();
            if (now.compareTo(next[0]) >= 0) {
                next[0] = now.plus(REDRAW);
                line.show(Bar.transfer(verb, bytes, total, now.minus(start)));
            }
        };
    }
}

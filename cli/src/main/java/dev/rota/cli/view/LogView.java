package dev.rota.cli.view;

import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.LogChunk;

/** Output of steps, every line behind its time, node and phase. */
public final class LogView {
    private LogView() {}

    public static String text(LogChunk chunk, Page page) {
        String time = chunk.hasAt() ? Times.clock(Times.instant(chunk.getAt())) : "-";
        String again = chunk.getAttempt() > 1 ? "#" + chunk.getAttempt() : "";
        String start = time + "  " + Words.printable(chunk.getNode()) + "  "
                + Words.pad(Words.printable(chunk.getPhase()) + again, 10) + "  ";
        StringBuilder text = new StringBuilder();
        chunk.getText()
                .lines()
                .map(Words::printable)
                .forEach(line -> text.append(
                                line.isBlank()
                                        ? page.paint(Tone.FAINT, start.stripTrailing())
                                        : page.paint(Tone.FAINT, start) + line.stripTrailing())
                        .append('\n'));
        return text.toString();
    }
}

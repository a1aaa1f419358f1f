package dev.rota.cli.view;

import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Words;
import java.time.Instant;

/**
 * One thing that happened in a rollout.
 *
 * @param at when
 * @param node where; {@code -} for the rollout as a whole
 * @param subject the phase, or {@code gate}, {@code turn} (all of a node's turn) or {@code rollout}
 * @param outcome what came of it: a step's outcome or a state
 * @param note how long it took, or what it is doing; may be empty
 */
public record Change(Instant at, String node, String subject, String outcome, String note) {
    private static final int SUBJECT_WIDTH = 8;
    private static final int OUTCOME_WIDTH = 9;

    /** {@code 12:00:05Z  n2  leave     done       2.19s}; columns two spaces apart, the node's as wide as the widest name of the rollout. */
    public String line(int nodeWidth, Page page) {
        String line = Times.clock(at) + "  " + Words.pad(Words.orDash(node), nodeWidth) + "  "
                + Words.pad(subject, SUBJECT_WIDTH) + "  " + page.paint(Tone.of(outcome), Words.orDash(outcome));
        if (note.isEmpty()) {
            return line;
        }
        return line + " ".repeat(Math.max(0, OUTCOME_WIDTH - Words.width(outcome))) + "  " + note;
    }
}

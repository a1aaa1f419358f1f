package dev.rota.agent.job;

import dev.rota.agent.step.Verdict;
import dev.rota.wire.agent.v1.StepProgress;

/** Passes on what a step does while it runs, in bounded pieces, and keeps the last part for its result. */
final class JobReporter {
    private static final int MAX_PIECE = 8_192;
    private static final String CUT = "[... output cut ...]\n";

    private final JobId id;
    private final JobListener listener;
    private final StringBuilder kept = new StringBuilder();
    private int index;
    private int count;
    private String title = "";

    JobReporter(JobId id, JobListener listener) {
        this.id = id;
        this.listener = listener;
    }

    /** An action comes up; said once for each. */
    void begin(int nextIndex, int actionCount, String nextTitle) {
        if (!title.equals(nextTitle) || index != nextIndex) {
            index = nextIndex;
            count = actionCount;
            title = nextTitle;
            send("");
        }
    }

    /** Something to show now. */
    void output(String text) {
        if (!text.isEmpty()) {
            send(text.length() <= MAX_PIECE ? text : CUT + text.substring(text.length() - MAX_PIECE + CUT.length()));
        }
    }

    /** Output of an action that ended well. */
    void keep(String output) {
        if (!output.isBlank()) {
            kept.append("== ").append(title).append('\n').append(output.strip()).append('\n');
            int over = kept.length() - Verdict.MAX_OUTPUT;
            if (over > 0) {
                kept.delete(0, over);
            }
        }
    }

    /** The last part of all that was kept. */
    String output() {
        return kept.toString();
    }

    private void send(String output) {
        listener.progress(StepProgress.newBuilder()
                .setId(id.wire())
                .setActionIndex(index)
                .setActionCount(count)
                .setAction(title)
                .setOutput(output)
                .build());
    }
}

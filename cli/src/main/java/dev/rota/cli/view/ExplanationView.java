package dev.rota.cli.view;

import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Explanation;
import java.util.ArrayList;
import java.util.List;

/** What is being waited for, since when, on what evidence, and who can clear it how. */
public final class ExplanationView {
    /** Lines of the smallest terminal anybody uses, less the prompt. */
    static final int SCREEN = 23;

    /** However much else there is to say, so much of the evidence is shown. */
    private static final int FEWEST = 4;

    private ExplanationView() {}

    /** On one screen; evidence that does not fit is left out from the middle, and counted. */
    public static String text(Explanation explanation, Page page) {
        return text(explanation, page, false);
    }

    /**
     * The explanation.
     *
     * @param all whether all evidence is shown, however long
     */
    public static String text(Explanation explanation, Page page, boolean all) {
        Text head = new Text(page)
                .line(page.paint(Tone.STRONG, Ids.shown(explanation.getSubject())) + ": "
                        + page.paint(Tone.of(explanation.getState()), Words.orDash(explanation.getState())))
                .field("waits for", explanation.getWaitingFor().isEmpty() ? "nothing" : explanation.getWaitingFor())
                .field("since", explanation.hasSince() ? Times.withAge(explanation.getSince(), page) : "")
                .field("node", explanation.getNode())
                .field("phase", explanation.getPhase())
                .field("code", explanation.getCode());
        Text answers = new Text(page);
        HoldView.addAnswers(explanation.getAnswersList(), answers);
        Text whole = new Text(page);
        HoldView.addEvidence(explanation.getEvidenceList(), whole);
        int room = SCREEN - head.lines().size() - answers.lines().size();
        List<String> evidence = all ? whole.lines() : cut(whole.lines(), Math.max(FEWEST, room));
        return head.indented(0, evidence).indented(0, answers.lines()).toString();
    }

    /** The first lines say what failed, the last ones why. */
    private static List<String> cut(List<String> lines, int most) {
        if (lines.size() <= most) {
            return lines;
        }
        int first = Math.min(3, most - 2);
        int last = most - first - 1;
        List<String> some = new ArrayList<>(lines.subList(0, first));
        some.add("  | (" + (lines.size() - first - last) + " more lines; --all shows them)");
        some.addAll(lines.subList(lines.size() - last, lines.size()));
        return some;
    }
}

package dev.rota.cli.view;

import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Explanation;

/** What is being waited for, since when, on what evidence, and who can clear it how. */
public final class ExplanationView {
    private ExplanationView() {}

    public static String text(Explanation explanation, Page page) {
        Text text = new Text(page)
                .line(page.paint(Tone.STRONG, Ids.shown(explanation.getSubject())) + ": "
                        + page.paint(Tone.of(explanation.getState()), Words.orDash(explanation.getState())))
                .field("waits for", explanation.getWaitingFor().isEmpty() ? "nothing" : explanation.getWaitingFor())
                .field("since", explanation.hasSince() ? Times.withAge(explanation.getSince(), page) : "")
                .field("node", explanation.getNode())
                .field("phase", explanation.getPhase())
                .field("code", explanation.getCode());
        HoldView.addEvidence(explanation.getEvidenceList(), text);
        HoldView.addAnswers(explanation.getAnswersList(), text);
        return text.toString();
    }
}

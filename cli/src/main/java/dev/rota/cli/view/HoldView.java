package dev.rota.cli.view;

import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Answer;
import dev.rota.wire.operator.v1.Hold;
import java.util.List;
import java.util.stream.Stream;

/** A hold: what happened, where, the evidence, and what a person may answer. */
public final class HoldView {
    private HoldView() {}

    public static String text(Hold hold, Page page) {
        Text text = new Text(page);
        add(hold, text);
        return text.toString();
    }

    static void add(Hold hold, Text text) {
        Page page = text.page();
        text.line(page.paint(Tone.WARN, "held: " + Words.printable(hold.getCode())))
                .field("node", hold.getNode())
                .field("phase", hold.getPhase())
                .field("since", hold.hasSince() ? Times.withAge(hold.getSince(), page) : "")
                .field("what", hold.getSentence());
        addEvidence(hold.getEvidenceList(), text);
        addAnswers(hold.getAnswersList(), text);
    }

    /** Evidence, oldest first, every line behind a bar. */
    static void addEvidence(List<String> evidence, Text text) {
        if (evidence.isEmpty()) {
            return;
        }
        text.line("evidence, oldest first:");
        Page page = text.page();
        evidence.stream()
                .flatMap(String::lines)
                .map(Words::printable)
                .flatMap(line ->
                        page.width() == Page.UNLIMITED ? Stream.of(line) : Words.wrap(line, page.width() - 4).stream())
                .forEach(line -> text.line(("  | " + line).stripTrailing()));
    }

    /** The legal answers; the commands are never folded, so that they can be copied. */
    static void addAnswers(List<Answer> answers, Text text) {
        if (answers.isEmpty()) {
            return;
        }
        text.line("answers:");
        for (Answer answer : answers) {
            text.line("  "
                    + text.page()
                            .paint(
                                    Tone.STRONG,
                                    answer.getCommand().isEmpty() ? answer.getName() : answer.getCommand()));
            text.paragraph(
                    6,
                    answer.getCommand().isEmpty() ? answer.getEffect() : answer.getName() + ": " + answer.getEffect());
        }
    }
}

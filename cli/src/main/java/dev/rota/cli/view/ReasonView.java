package dev.rota.cli.view;

import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.wire.operator.v1.Reason;

/** Rules of the decision between soft and full stop. */
final class ReasonView {
    private ReasonView() {}

    /** Adds the rule's code, marked if it decided, and its sentence below. */
    static void add(Reason reason, Text text) {
        String mark = reason.getDecided() ? ">>" : "  ";
        text.line(mark + " " + text.page().paint(reason.getDecided() ? Tone.STRONG : Tone.FAINT, reason.getCode()));
        text.paragraph(5, reason.getSentence());
    }

    /** {@code CODE: sentence}. */
    static String inline(Reason reason) {
        return reason.getCode().isEmpty() ? reason.getSentence() : reason.getCode() + ": " + reason.getSentence();
    }
}

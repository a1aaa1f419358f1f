package dev.rota.cli.view;

import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Citation;
import dev.rota.wire.operator.v1.Reason;

/** Rules of the decision between soft and full stop. */
final class ReasonView {
    private ReasonView() {}

    /** Adds the rule's code, marked if it decided, and its sentence below. */
    static void add(Reason reason, Text text) {
        String mark = reason.getDecided() ? ">>" : "  ";
        text.line(mark + " " + text.page().paint(reason.getDecided() ? Tone.STRONG : Tone.FAINT, reason.getCode()));
        text.paragraph(5, reason.getSentence());
        if (reason.hasCited()) {
            cite(5, reason.getCited(), text);
        }
    }

    /** Where it is written, and the words. */
    static void cite(int indent, Citation citation, Text text) {
        text.paragraph(indent, place(citation) + ": \"" + Words.printable(citation.getQuote()) + "\"");
    }

    static String place(Citation c) {
        String last = c.getLastLine() > c.getFirstLine() ? "-" + c.getLastLine() : "";
        return Words.printable(c.getFile()) + ":" + c.getFirstLine() + last;
    }

    /** {@code CODE: sentence}. */
    static String inline(Reason reason) {
        return reason.getCode().isEmpty() ? reason.getSentence() : reason.getCode() + ": " + reason.getSentence();
    }
}

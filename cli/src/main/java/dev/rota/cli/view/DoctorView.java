package dev.rota.cli.view;

import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Diagnosis;
import dev.rota.wire.operator.v1.Problem;
import dev.rota.wire.operator.v1.RepairResult;
import java.util.List;

/** What a person should look at, and what became of a repair. */
public final class DoctorView {
    private DoctorView() {}

    public static String text(Diagnosis diagnosis, Page page) {
        if (diagnosis.getProblemsList().isEmpty()) {
            return "Nothing to look at.\n";
        }
        Text text = new Text(page);
        add(diagnosis.getProblemsList(), text);
        long repairable = diagnosis.getProblemsList().stream()
                .filter(Problem::getRepairable)
                .count();
        return text.line("")
                .line(diagnosis.getProblemsCount() + (diagnosis.getProblemsCount() == 1 ? " problem, " : " problems, ")
                        + repairable + " can be repaired by Rota")
                .toString();
    }

    public static String repaired(RepairResult result, Page page) {
        Text text = new Text(page);
        text.line(
                result.hasRollout()
                        ? "Repair is under way as rollout "
                                + page.paint(
                                        Tone.STRONG,
                                        Ids.shown(result.getRollout().getId()))
                        : "Nothing is repaired.");
        left(result, text);
        return text.toString();
    }

    /** After a person has said what was undone by hand. */
    public static String undone(RepairResult result, Page page) {
        Text text = new Text(page);
        text.line("It is no longer on record as left over.");
        left(result, text);
        return text.toString();
    }

    private static void left(RepairResult result, Text text) {
        if (!result.getLeftList().isEmpty()) {
            text.line("").line("Left as it is:");
            add(result.getLeftList(), text);
        }
    }

    private static void add(List<Problem> problems, Text text) {
        for (Problem p : problems) {
            if (!text.lines().isEmpty()) {
                text.line("");
            }
            String of = p.getCluster().isEmpty() ? "" : "  " + Words.printable(p.getCluster());
            String node = p.getNode().isEmpty() ? "" : " " + Words.printable(p.getNode());
            text.line(text.page().paint(p.getRepairable() ? Tone.WARN : Tone.BAD, Words.printable(p.getCode()))
                            + of
                            + node)
                    .field("id", p.getId())
                    .field("what", p.getSentence())
                    .field("since", p.hasSince() ? Times.withAge(p.getSince(), text.page()) : "")
                    .field("rollout", p.getRollout().isEmpty() ? "" : Ids.shown(p.getRollout()))
                    .field(p.getRepairable() ? "to do" : "advice", p.getAdvice());
        }
    }
}

package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.text.Sentence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Links to text that is not in the note and that a person has to read. */
final class Links {
    private static final List<String> MARKS = List.of("](", "https://", "http://", "`__", "`_", ":doc:`", ":ref:`");
    private static final List<String> VERBS =
            List.of("see", "read", "refer", "check", "review", "follow", "consult", "details", "documented");

    private Links() {}

    /** Where the link is, in the text of the block, when the sentence asks to read it. */
    static Optional<int[]> mustRead(Sentence sentence) {
        String text = sentence.text();
        int link = -1;
        for (String mark : MARKS) {
            int at = text.indexOf(mark);
            link = at >= 0 && (link < 0 || at < link) ? at : link;
        }
        if (link < 0) {
            return Optional.empty();
        }
        String lower = " " + text.toLowerCase(Locale.ROOT).replace('*', ' ') + " ";
        boolean asked = VERBS.stream().anyMatch(v -> lower.contains(" " + v + " "));
        int start = sentence.start() + link;
        return asked ? Optional.of(new int[] {start, Math.min(sentence.end(), start + 2)}) : Optional.empty();
    }
}

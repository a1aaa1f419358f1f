package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.text.Block;
import dev.rota.coordinator.notes.text.Folding;
import dev.rota.coordinator.notes.text.Piece;
import dev.rota.coordinator.notes.text.Sentence;

/**
 * Words of a note as a person finds them there. A sentence that runs over several lines is quoted as a whole when only white space
 * is between them; where the borders of a table or other marks are, the line with the decisive words is.
 */
final class Quotes {
    static final int MAX_LENGTH = 160;

    private Quotes() {}

    static String of(String source, Sentence sentence, int start, int end) {
        Block block = sentence.block();
        String whole = Folding.fold(sentence.text());
        String raw = Folding.fold(
                source.substring(block.sourceOffset(sentence.start()), block.sourceOffset(sentence.end() - 1) + 1));
        return raw.equals(whole)
                ? cut(
                        whole,
                        Folding.fold(block.text().substring(sentence.start(), start))
                                .length())
                : line(source, sentence, start, end);
    }

    /** The part of the sentence on the line that has most of the decisive words. */
    private static String line(String source, Sentence sentence, int start, int end) {
        Block block = sentence.block();
        int best = block.pieceAt(start);
        int most = 0;
        for (int i = block.pieceAt(start); i <= block.pieceAt(end - 1); i++) {
            int from = Math.max(start, block.textStart(i));
            int to = Math.min(end, block.textStart(i) + block.pieces().get(i).length());
            if (to - from > most) {
                most = to - from;
                best = i;
            }
        }
        Piece piece = block.pieces().get(best);
        int from = Math.max(sentence.start(), block.textStart(best)) - block.textStart(best);
        int to = Math.min(sentence.end() - block.textStart(best), piece.length());
        String part = source.substring(piece.start() + from, piece.start() + to);
        int decisive = Math.max(0, start - block.textStart(best) - from);
        return cut(
                Folding.fold(part),
                Folding.fold(part.substring(0, Math.min(decisive, part.length())))
                        .length());
    }

    /** At most {@link #MAX_LENGTH} characters with the decisive words in them, cut between words. */
    private static String cut(String text, int decisive) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int from = 0;
        if (decisive > MAX_LENGTH / 2) {
            from = Math.max(0, text.lastIndexOf(' ', decisive - MAX_LENGTH / 4) + 1);
        }
        int to = Math.min(text.length(), from + MAX_LENGTH);
        int space = to < text.length() ? text.lastIndexOf(' ', to) : to;
        return text.substring(from, space > from ? space : to).strip();
    }
}

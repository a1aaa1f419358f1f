package dev.rota.coordinator.notes.text;

import java.util.ArrayList;
import java.util.List;

/** A paragraph, list item, table cell, code block or heading of a note. Its text is its pieces, joined by one character. */
public final class Block {
    private final Kind kind;
    private final List<String> headings;
    private final String info;
    private final int unit;
    private final List<Piece> pieces;
    private final int[] offsets;
    private final String text;

    private Block(Kind kind, List<String> headings, String info, int unit, List<Piece> pieces, String source) {
        this.kind = kind;
        this.headings = List.copyOf(headings);
        this.info = info;
        this.unit = unit;
        this.pieces = List.copyOf(pieces);
        this.offsets = new int[pieces.size()];
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            if (i > 0) {
                joined.append(kind == Kind.CODE ? '\n' : ' ');
            }
            offsets[i] = joined.length();
            joined.append(source, pieces.get(i).start(), pieces.get(i).end());
        }
        this.text = joined.toString();
    }

    /**
     * Makes a block.
     *
     * @param headings the headings it stands under, outermost first
     * @param info the language of a code block, otherwise empty
     * @param unit blocks with the same number belong together: a section, or one cell of a table
     * @param pieces in the order of the text, at least one; prose is stripped of white space at both ends of each piece
     */
    public static Block of(Kind kind, List<String> headings, String info, int unit, List<Piece> pieces, String source) {
        List<Piece> kept = new ArrayList<>();
        for (Piece piece : pieces) {
            Piece stripped = kind == Kind.CODE ? piece.stripEnd(source) : piece.strip(source);
            if (kind == Kind.CODE || stripped.length() > 0) {
                kept.add(stripped);
            }
        }
        return new Block(kind, headings, info, unit, kept.isEmpty() ? pieces.subList(0, 1) : kept, source);
    }

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    /** The headings it stands under, outermost first; of a heading: those above it. */
    public List<String> headings() {
        return headings;
    }

    /** The language of a code block as the author named it, or empty. */
    public String info() {
        return info;
    }

    /** Blocks with the same number belong together: a section, or one cell of a table. */
    public int unit() {
        return unit;
    }

    /** Its parts, line by line. */
    public List<Piece> pieces() {
        return pieces;
    }

    /** Its text; lines of prose are joined with a space, lines of code with a line feed. */
    public String text() {
        return text;
    }

    /** The first line, counted from 1. */
    public int firstLine() {
        return pieces.get(0).line();
    }

    /** The last line, counted from 1. */
    public int lastLine() {
        return pieces.get(pieces.size() - 1).line();
    }

    /** Which of its pieces a position of its text is in. */
    public int pieceAt(int index) {
        int found = java.util.Arrays.binarySearch(offsets, index);
        return found >= 0 ? found : -found - 2;
    }

    /** Where a piece starts in the text of the block. */
    public int textStart(int piece) {
        return offsets[piece];
    }

    /** Where a position of its text is in the source; a position between two pieces is the end of the first. */
    public int sourceOffset(int index) {
        int piece = pieceAt(index);
        Piece at = pieces.get(piece);
        return Math.min(at.end(), at.start() + index - offsets[piece]);
    }

    @Override
    public String toString() {
        return kind + " " + firstLine() + "-" + lastLine() + " " + headings + ": " + text;
    }
}

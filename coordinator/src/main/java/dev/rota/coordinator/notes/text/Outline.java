package dev.rota.coordinator.notes.text;

import java.util.ArrayList;
import java.util.List;

/** Collects the blocks of a document and keeps the headings that are open. */
final class Outline {
    private final String source;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final List<Integer> levels = new ArrayList<>();
    private int unit;

    Outline(String source) {
        this.source = source;
    }

    /** A heading closes those of its own and deeper levels and starts a unit. */
    void heading(int level, List<Piece> pieces, String title) {
        while (!levels.isEmpty() && levels.get(levels.size() - 1) >= level) {
            levels.remove(levels.size() - 1);
            open.remove(open.size() - 1);
        }
        unit++;
        blocks.add(Block.of(Kind.HEADING, open, "", unit, pieces, source));
        levels.add(level);
        open.add(Folding.fold(title));
    }

    /** A table row opens its label like a heading; {@link #close} ends it. */
    void open(String label) {
        levels.add(Integer.MAX_VALUE);
        open.add(label);
        unit++;
    }

    void close() {
        levels.remove(levels.size() - 1);
        open.remove(open.size() - 1);
        unit++;
    }

    void nextUnit() {
        unit++;
    }

    void add(Kind kind, String info, List<Piece> pieces) {
        if (!pieces.isEmpty()) {
            blocks.add(Block.of(kind, open, info, unit, pieces, source));
        }
    }

    String source() {
        return source;
    }

    List<Block> blocks() {
        return blocks;
    }
}

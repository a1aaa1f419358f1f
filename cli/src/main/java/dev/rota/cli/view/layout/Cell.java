package dev.rota.cli.view.layout;

/** One value of a table: printable text and its meaning. */
public final class Cell {
    /** Nothing at all, not even a dash: for what the row above says already. */
    public static final Cell EMPTY = new Cell("", Tone.PLAIN);

    private final String text;
    private final Tone tone;

    private Cell(String text, Tone tone) {
        this.text = text;
        this.tone = tone;
    }

    /** A value with a meaning; {@code -} if there is no value. */
    public static Cell of(String text, Tone tone) {
        return new Cell(Words.orDash(text), tone);
    }

    /** A value without a meaning of its own. */
    public static Cell of(String text) {
        return of(text, Tone.PLAIN);
    }

    public static Cell of(long number) {
        return of(Long.toString(number));
    }

    /** A state, in the tone that belongs to it. */
    public static Cell state(String state) {
        return of(state, Tone.of(state));
    }

    /** {@code yes} or, in a tone that is seen, {@code no}. */
    public static Cell expected(boolean holds) {
        return holds ? of("yes") : of("no", Tone.WARN);
    }

    String text() {
        return text;
    }

    Tone tone() {
        return tone;
    }
}

package dev.rota.cli.view.layout;

import java.time.Instant;

/**
 * What a text is written for.
 *
 * @param width columns that fit on a line; {@link #UNLIMITED} when nobody folds the lines
 * @param colours whether the reader understands colour sequences
 * @param now the reader's time, for ages
 */
public record Page(int width, boolean colours, Instant now) {
    /** Width of output that does not go to a terminal: one row stays one line, so that it can be searched. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Narrower terminals are written for as if they were this wide. */
    private static final int NARROWEST = 40;

    public Page {
        width = Math.max(width, NARROWEST);
    }

    /** The text in the colour of its tone. */
    public String paint(Tone tone, String text) {
        return colours && !tone.sgr().isEmpty() && !text.isEmpty()
                ? "\u001b[" + tone.sgr() + "m" + text + "\u001b[0m"
                : text;
    }

    /** The same page, narrower by an indentation. */
    public Page indented(int columns) {
        return width == UNLIMITED ? this : new Page(width - columns, colours, now);
    }
}

package dev.rota.coordinator.notes.text;

/** White space folded: what is compared and shown. */
public final class Folding {
    private Folding() {}

    /** Every run of white space becomes one space; none is left at the ends. */
    public static String fold(CharSequence text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                gap = true;
                continue;
            }
            if (gap && !out.isEmpty()) {
                out.append(' ');
            }
            gap = false;
            out.append(c);
        }
        return out.toString();
    }

    /** White space as notes use it: also no-break and other spaces of Unicode. */
    public static boolean isSpace(char c) {
        return c <= ' ' || c == '\u00a0' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}

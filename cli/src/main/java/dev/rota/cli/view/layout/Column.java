package dev.rota.cli.view.layout;

/**
 * A column of a table.
 *
 * @param heading its title
 * @param right whether values end at the right edge, as numbers do
 * @param narrowest how narrow the column may become on a narrow page; {@link #RIGID} if not at all
 * @param cut whether values that do not fit are cut instead of folded
 */
public record Column(String heading, boolean right, int narrowest, boolean cut) {
    /** Width of columns that never become narrower than their values. */
    static final int RIGID = Integer.MAX_VALUE;

    /** Values start at the left edge. */
    public static Column left(String heading) {
        return new Column(heading, false, RIGID, false);
    }

    /** Values end at the right edge. */
    public static Column right(String heading) {
        return new Column(heading, true, RIGID, false);
    }

    /** Values are folded on a narrow page. */
    public static Column folded(String heading, int narrowest) {
        return new Column(heading, false, narrowest, false);
    }

    /** Values are cut on a narrow page, so that a row stays a line. */
    public static Column cut(String heading, int narrowest) {
        return new Column(heading, false, narrowest, true);
    }
}

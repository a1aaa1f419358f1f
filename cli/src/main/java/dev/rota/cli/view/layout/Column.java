package dev.rota.cli.view.layout;

/**
 * A column of a table.
 *
 * @param heading its title
 * @param right whether values end at the right edge, as numbers do
 * @param flexible whether values may be folded on a narrow page
 */
public record Column(String heading, boolean right, boolean flexible) {
    public static Column left(String heading) {
        return new Column(heading, false, false);
    }

    public static Column right(String heading) {
        return new Column(heading, true, false);
    }

    public static Column flexible(String heading) {
        return new Column(heading, false, true);
    }
}

package dev.rota.coordinator.port;

/**
 * What a check found.
 *
 * @param ok all was as it should be
 * @param said what was not, or what a command said; one line of at most {@value #MAX_SAID} characters
 */
public record CheckAnswer(boolean ok, String said) {
    /** Longer answers are cut. */
    public static final int MAX_SAID = 300;

    /** Makes one line of it. */
    public CheckAnswer {
        said = said.strip().replaceAll("\\p{Cntrl}+", " ");
        said = said.length() > MAX_SAID ? said.substring(0, MAX_SAID) + "..." : said;
    }
}

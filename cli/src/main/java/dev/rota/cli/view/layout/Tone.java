package dev.rota.cli.view.layout;

/** What a piece of text means; the colour follows from it. */
public enum Tone {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    GOOD("32"),
    BUSY("36"),
    WARN("33"),
    BAD("31");

    private final String sgr;

    Tone(String sgr) {
        this.sgr = sgr;
    }

    /** Parameters of the terminal's colour sequence, empty for none. */
    String sgr() {
        return sgr;
    }

    /** The tone of a rollout's, node's or step's state. */
    public static Tone of(String state) {
        return switch (state) {
            case "succeeded", "done" -> GOOD;
            case "held", "paused", "pausing", "gate", "aborting", "retrying", "rolling back", "rolled back" -> WARN;
            case "STALLED", "failed", "timed-out", "refused", "aborted", "rolled-back" -> BAD;
            case "waiting", "skipped", "", "-" -> FAINT;
            default -> BUSY;
        };
    }
}

package dev.rota.coordinator.domain;

/** Whether one can still go back to the release before. The order is from the best to the worst. */
public enum Reversibility {
    /** The old release goes on with the data as it is. */
    REVERSIBLE("reversible"),
    /** Only with the data of the backups: what was written since they were made is lost. */
    WITH_RESTORE("with-restore"),
    /** Rota knows no way. */
    IRREVERSIBLE("irreversible");

    private final String label;

    Reversibility(String label) {
        this.label = label;
    }

    /** The word on the wire and in reports. */
    public String label() {
        return label;
    }

    /** The worse of two: a way back is as good as its worst part. */
    public Reversibility and(Reversibility other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

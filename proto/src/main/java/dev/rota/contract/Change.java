package dev.rota.contract;

/** What a step from one version to another is, by the product's series. */
public enum Change {
    /** Both are the same version. */
    NONE("none"),
    /** To a newer version of the same series. */
    UPDATE("update"),
    /** To a newer series. */
    UPGRADE("upgrade"),
    /** To an older version. */
    DOWNGRADE("downgrade");

    private final String label;

    Change(String label) {
        this.label = label;
    }

    /** The word in recipes and messages. */
    public String label() {
        return label;
    }

    /** The step between two versions of a product whose series are told by this many leading numbers. */
    public static Change of(Version from, Version to, int seriesParts) {
        int c = to.compareTo(from);
        if (c == 0) {
            return NONE;
        }
        if (c < 0) {
            return DOWNGRADE;
        }
        return from.sameSeries(to, seriesParts) ? UPDATE : UPGRADE;
    }
}

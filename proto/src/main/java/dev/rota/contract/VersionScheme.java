package dev.rota.contract;

/** How a product writes and orders its versions. */
public enum VersionScheme {
    /** Numbers separated by dots, compared number by number; a pre-release comes before its release; a package suffix and a leading {@code v} are cut off. */
    DOTTED("dotted");

    private final String label;

    VersionScheme(String label) {
        this.label = label;
    }

    /** The word in the recipe file. */
    public String label() {
        return label;
    }
}

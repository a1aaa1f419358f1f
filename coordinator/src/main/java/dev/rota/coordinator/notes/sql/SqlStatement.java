package dev.rota.coordinator.notes.sql;

import java.util.Optional;

/**
 * One SQL statement of a note, as it is written.
 *
 * @param text without its delimiter
 * @param effect what it does to nodes of the old release that still run
 * @param problem why it cannot be run as it is written, if so
 */
public record SqlStatement(String text, int firstLine, int lastLine, Effect effect, Optional<String> problem) {
    /** When a statement may run while nodes take turns. */
    public enum Effect {
        /** Adds: before the first node. */
        EXPAND("expand"),
        /** Takes away or tightens: after the last node. */
        CONTRACT("contract"),
        /** Changes rows. */
        DATA("data"),
        /** Only reads. */
        READ("read"),
        /** Sessions, procedures, what is not known. */
        OTHER("other");

        private final String label;

        Effect(String label) {
            this.label = label;
        }

        /** The word in reports. */
        public String label() {
            return label;
        }
    }
}

package dev.rota.coordinator.notes.text;

import java.util.List;
import java.util.Optional;

/**
 * A note taken apart.
 *
 * @param blocks in the order of the text
 * @param damage why parts of the note may be missing, such as a code block that never ends
 */
public record Document(Source source, Format format, List<Block> blocks, Optional<String> damage) {
    /** Copies the blocks. */
    public Document {
        blocks = List.copyOf(blocks);
    }

    /** How a note is written. */
    public enum Format {
        MARKDOWN("markdown"),
        RESTRUCTURED_TEXT("reStructuredText"),
        PLAIN("plain text");

        private final String label;

        Format(String label) {
            this.label = label;
        }

        /** Its name in reports. */
        public String label() {
            return label;
        }
    }
}

package dev.rota.coordinator.notes.text;

/** What a block of a note is. */
public enum Kind {
    HEADING,
    PARAGRAPH,
    LIST_ITEM,
    TABLE_ROW,
    CODE,
    ADMONITION
}

package dev.rota.coordinator.notes.language;

/** How notes of any product say what matters for an upgrade. Rules of language; nothing here knows a product or a file. */
final class GeneralPhrases {
    private GeneralPhrases() {}

    static PhraseBook book() {
        PhraseBook book = new PhraseBook();
        BanPhrases.addTo(book);
        DemandPhrases.addTo(book);
        PermissionPhrases.addTo(book);
        ChangePhrases.addTo(book);
        StepPhrases.addTo(book);
        return book;
    }
}

package dev.rota.coordinator.notes.language;

import java.util.List;

/** How notes say that the schema of a database changes, or that nothing does. */
final class ChangePhrases {
    private ChangePhrases() {}

    static void addTo(PhraseBook book) {
        database(book);
        nothing(book);
    }

    private static void database(PhraseBook book) {
        String what = "table|tables|column|columns|index|indexes|indices|constraint|constraints|view|enum";
        book.add(
                "schema-change",
                Says.CHANGES_SCHEMA,
                List.of(
                        "schema ..2 change|changes|changed|update|updates|updated|migration|migrations|upgrade|modified|modification",
                        "change|changes|changed|update|updates|alter|migrate ..4 schema",
                        "new|added|adds|add|adding|creates|created|create|introduces|introduced|introducing ..6 "
                                + what,
                        "composite|unique|partial|primary ..2 index|indexes|key",
                        what + " ..5 added|dropped|removed|renamed|modified|created|altered|rebuilt|converted",
                        "dropped|drops|removes|renamed|renames|modified|modifies|altered|alters|denormaliz*|denormalis*|altering|extends ..5 "
                                + what,
                        "sql|database|schema|data migration|migrations",
                        "this|new|these|following|migration migration|migrations ..1 adds|add|creates|drops|updates|removes|extends|for|takes",
                        "migration|migrations ..8 take|takes|took|minutes|hours|rows|execution|times",
                        "caused by ..2 migration"));
        book.add(
                "table-lock",
                Says.LOCKS,
                List.of(
                        "lock|locks|locked|locking ..6 table|tables|reads|writes",
                        "table|tables ..6 lock|locks|locked",
                        "writes|reads ..5 limited|blocked|prevented",
                        "table|tables|database ..4 read only"));
        book.add(
                "long-migration",
                Says.TAKES_LONG,
                List.of(
                        "longer ..5 upgrade|upgrades|migration|startup|start",
                        "upgrade|migration|startup|process ..4 longer",
                        "runs|run|running ..2 migration ..4 timeouts|time"));
    }

    private static void nothing(PhraseBook book) {
        book.add(
                "no-change",
                Says.NO_CHANGE,
                List.of(
                        "no|not ..4 change|changes|action|actions|step|steps ..5 required|needed|necessary|sql|schema|schemas|configuration|database|data|code",
                        "no|not ..3 important|special|specific|particular|breaking|significant|mandatory ..2 upgrade|update|procedure|process|change|changes|steps|notes",
                        "not ..2 need ..3 do ..1 anything",
                        "no|without ..2 breaking changes",
                        "nothing ..3 do|change|changed|required|special"));
    }
}

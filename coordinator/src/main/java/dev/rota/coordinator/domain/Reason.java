package dev.rota.coordinator.domain;

import java.util.Optional;

/**
 * One rule of the decision between soft and full stop, as it was looked at.
 *
 * @param sentence what was found, for an operator
 * @param decided this rule made the decision; the others did not apply
 * @param cited the lines of the notes it rests on
 */
public record Reason(Code code, String sentence, boolean decided, Optional<Citation> cited) {
    /** A rule that rests on no note. */
    public Reason(Code code, String sentence, boolean decided) {
        this(code, sentence, decided, Optional.empty());
    }

    /** The rules in the order they are looked at. */
    public enum Code {
        OPERATOR_CHOICE,
        NOT_CLUSTERED,
        PATH_SKIPS,
        NOTES_BAN,
        NOTES_UNCLEAR,
        SCHEMA_HAZARD,
        PROCEDURE_DEFAULT,
        /** Of plans that go back, beside OPERATOR_CHOICE and NOT_CLUSTERED: what the hop they take back allows. */
        TAKES_BACK,
        /** Nothing is installed: what earlier rollouts left over is undone. */
        LEFT_OVER
    }
}

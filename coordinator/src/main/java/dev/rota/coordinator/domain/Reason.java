package dev.rota.coordinator.domain;

/**
 * One rule of the decision between soft and full stop, as it was looked at.
 *
 * @param sentence what was found, for an operator
 * @param decided this rule made the decision; the others did not apply
 */
public record Reason(Code code, String sentence, boolean decided) {
    /** The rules in the order they are looked at. */
    public enum Code {
        OPERATOR_CHOICE,
        NOT_CLUSTERED,
        PATH_SKIPS,
        NOTES_BAN,
        PROCEDURE_DEFAULT
    }
}

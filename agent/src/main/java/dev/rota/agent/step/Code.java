package dev.rota.agent.step;

/** Machine-readable causes of a step that is not done; the names are part of the wire contract. */
public enum Code {
    /** All well. */
    OK,
    /** A command ended with an exit code that does not count as success. */
    EXIT_STATUS,
    /** A command's or an endpoint's answer lacks what must be there, or has what must not. */
    UNEXPECTED_OUTPUT,
    /** An endpoint answered with a status that does not count as success, or not at all. */
    HTTP_STATUS,
    /** The work was done but its proof did not come in time. */
    NOT_PROVEN,
    /** A deadline cut the work off. */
    TIMED_OUT,
    /** A command went away without leaving its exit code; whether it took effect is unknown. */
    COMMAND_LOST,
    /** A command could not be started at all. */
    NOT_STARTED,
    /** A file is not the one that was named: its size or SHA-256 differs. */
    DIGEST_MISMATCH,
    /** Not enough space, or the disk floor would be passed. */
    DISK_FULL,
    /** The coordinator does not have the artifact. */
    NO_ARTIFACT,
    /** An archive is broken or holds what must not be unpacked. */
    BAD_ARCHIVE,
    /** A path is not what the action needs (missing, not a link, not a directory, not Rota's). */
    BAD_PATH,
    /** A file changed while it was being saved. */
    CHANGED,
    /** A backup cannot be read back, or holds something else than what was saved. */
    BACKUP_UNREADABLE,
    /** There is no backup of that hop and node here. */
    BACKUP_MISSING,
    /** The backup is not the one that was made: its SHA-256 is another one. */
    BACKUP_CHANGED,
    /** Reading or writing failed. */
    IO_ERROR,
    /** The commanding term is lower than one seen before. */
    STALE_TERM,
    /** The coordinator means another recipe, or another content of it. */
    RECIPE_MISMATCH,
    /** The recipe says nothing about the phase. */
    NO_PHASE,
    /** A template asks for a value that neither recipe nor coordinator gave. */
    MISSING_VALUE,
    /** The request itself is malformed or over its bounds. */
    BAD_REQUEST,
    /** Too many steps at once. */
    BUSY,
    /** A fault of the agent itself. */
    INTERNAL
}

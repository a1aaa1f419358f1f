package dev.rota.cli.exit;

import java.util.Optional;

/** What the exit code of {@code rota} tells a script. The numbers are a contract; {@code deploy/doc/cli.md} repeats this table. */
public enum ExitCode {
    DONE(0, "done"),
    INTERNAL(1, "internal error"),
    USAGE(2, "wrong usage"),
    REFUSED(3, "refused by a safety rule, or the plan is stale"),
    NOT_FOUND(4, "not found"),
    NO_COORDINATOR(5, "no coordinator, or no leader"),
    ROLLOUT_FAILED(6, "the rollout ended badly"),
    HELD(7, "the rollout is held and needs a person"),
    NOT_PERMITTED(8, "not permitted"),
    OUTSIDE_WINDOW(9, "outside the maintenance window"),
    INTERRUPTED(130, "interrupted; the rollout goes on");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number the process ends with. */
    public int code() {
        return code;
    }

    /** One line for the help text. */
    public String meaning() {
        return meaning;
    }

    /**
     * The exit code for a call that failed.
     *
     * @param status canonical name of the gRPC status, e.g. {@code NOT_FOUND}
     * @param rotaCode the coordinator's own code for the refusal, empty if it gave none
     */
    public static ExitCode ofStatus(String status, String rotaCode) {
        return switch (status) {
            case "INVALID_ARGUMENT" -> USAGE;
            case "FAILED_PRECONDITION" -> rotaCode.equals("OUTSIDE_WINDOW") ? OUTSIDE_WINDOW : REFUSED;
            case "ALREADY_EXISTS" -> REFUSED;
            case "NOT_FOUND" -> NOT_FOUND;
            case "UNAVAILABLE", "DEADLINE_EXCEEDED" -> NO_COORDINATOR;
            case "PERMISSION_DENIED", "UNAUTHENTICATED" -> NOT_PERMITTED;
            default -> INTERNAL;
        };
    }

    /**
     * The exit code for whoever waits for a rollout, empty while there is something to wait for.
     *
     * @param state the rollout's state
     * @param ended whether the rollout has an end time; decides for states this version does not know
     */
    public static Optional<ExitCode> ofRollout(String state, boolean ended) {
        return switch (state) {
            case "succeeded" -> Optional.of(DONE);
            case "held" -> Optional.of(HELD);
            case "aborted", "failed", "rolled-back" -> Optional.of(ROLLOUT_FAILED);
            default -> ended ? Optional.of(ROLLOUT_FAILED) : Optional.empty();
        };
    }
}

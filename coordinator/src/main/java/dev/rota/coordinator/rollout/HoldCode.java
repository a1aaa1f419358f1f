package dev.rota.coordinator.rollout;

/** Everything a rollout may be held by; the names are stable words for scripts, and each has a screen of its own in the tests. */
public enum HoldCode {
    /** An action failed, or its proof did not come. */
    STEP_FAILED,
    /** The phase's deadline passed. */
    STEP_TIMED_OUT,
    /** The agent would not run the step. */
    STEP_REFUSED,
    /** A node that would have to join again has no verified backup. */
    BACKUP_UNVERIFIED,
    /** An agent does not answer. */
    AGENT_SILENT,
    /** A node that should serve does not. */
    NODE_UNHEALTHY,
    /** The nodes do not list the same members. */
    MEMBERS_DISAGREE,
    /** The nodes do not hold the same. */
    REPLICAS_DIFFER,
    /** A node runs a version it should not. */
    VERSION_WRONG,
    /** A node runs from another artifact than the plan's. */
    ARTIFACT_WRONG,
    /** No more nodes may be out of service. */
    NO_SLOT,
    /** No node serves that could help. */
    NO_PEER,
    /** A person must confirm what only a person can do. */
    MANUAL_STEP,
    /** Going on would break a safety rule. */
    SAFETY_RULE
}

package dev.rota.coordinator.rollout;

/**
 * Why a gate does not hold.
 *
 * @param sentence for an operator, naming the node
 */
record Problem(Code code, String sentence) {
    /** Kinds of problems; the name is the hold's code. */
    enum Code {
        AGENT_SILENT,
        NODE_UNHEALTHY,
        MEMBERS_DISAGREE,
        REPLICAS_DIFFER,
        VERSION_WRONG,
        ARTIFACT_WRONG,
        NO_SLOT,
        NO_PEER,
        PROBE_FAILS,
        BLOCKED
    }
}

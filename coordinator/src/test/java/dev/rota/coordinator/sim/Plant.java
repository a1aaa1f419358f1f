package dev.rota.coordinator.sim;

/** A mistake put in on purpose, to prove that the invariants notice it. */
enum Plant {
    /** The health gate always sees what it hopes to see. */
    BLIND_HEALTH_GATE,
    /** The leader's journal says committed before anybody else has the entry: effects come before the commit. */
    EFFECT_BEFORE_COMMIT,
    /** A step that timed out gives the node's slot back, and the next node's turn comes. */
    TIME_OUT_FREES_SLOT,
    /** Agents forget in a crash which steps they have begun: a step is redone after a restart. */
    FORGETFUL_AGENT,
    /** Agents obey a leader of an older term. */
    NO_FENCING,
    /** The clock of an open gate begins anew with every leader. */
    GATE_CLOCK_LOST,
    /** A leader acknowledges what it could not get committed. */
    ACKNOWLEDGES_EARLY,
    /** The gates before a node is taken out believe that all replicas are complete. */
    BLIND_TO_REPLICAS,
    /** A node that goes back is not removed from the cluster it has half joined. */
    FORGETS_THE_HALF_JOINED,
    /** A node that goes back is undrained before it has joined, and counts as verified. */
    UNDRAINS_TOO_EARLY,
    /** What must be undone is not put on record. */
    EFFECT_NOT_RECORDED,
    /** What was undone stays on record. */
    UNDO_NOT_RECORDED,
    /** A rollout that is aborted takes its record with it. */
    NOTHING_HANDED_OVER
}

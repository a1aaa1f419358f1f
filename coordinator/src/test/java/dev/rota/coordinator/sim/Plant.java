package dev.rota.coordinator.sim;

/** A mistake put in on purpose, to prove that the invariants notice it. */
enum Plant {
    /** The health gate always sees what it hopes to see. */
    BLIND_HEALTH_GATE,
    /** Steps are sent to the agents before what asks for them is committed. */
    DISPATCH_BEFORE_COMMIT,
    /** A hold gives the slot back and goes on with the next node. */
    HOLD_FREES_SLOT,
    /** Agents begin a step again when they are told again. */
    FORGETFUL_AGENT,
    /** The gates before a node is taken out believe that all replicas are complete. */
    BLIND_TO_REPLICAS
}

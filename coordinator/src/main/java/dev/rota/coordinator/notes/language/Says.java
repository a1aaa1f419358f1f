package dev.rota.coordinator.notes.language;

/** What a sentence may say that matters for an upgrade. */
public enum Says {
    /** Nodes of two releases must not run together, or the service has to stop. */
    FORBIDS,
    /** Something has to happen that stops the service; said in the positive, so that a "not" before it turns it into a permission. */
    DEMANDS_STOP,
    /** The upgrade may be rolling, or no downtime is needed. */
    ALLOWS,
    /** Old nodes can live with what the new release changes. */
    COMPATIBLE,
    /** A change does not lock tables. */
    NON_LOCKING,
    /** The schema of the database changes. */
    CHANGES_SCHEMA,
    /** A table is locked, writes are held up, or the migration takes long. */
    LOCKS,
    /** The migration or start takes long. */
    TAKES_LONG,
    /** Nothing changes, nothing is to be done. */
    NO_CHANGE,
    /** A step may be done while old nodes run. */
    ALLOWS_STEP,
    /** An old node, or the service, is stopped: a step of a procedure. */
    STOPS,
    /** Something cannot be undone. */
    ONE_WAY,
    /** A release has to be installed on the way. */
    STEPPING_STONE,
    /** A jump that is not possible. */
    FORBIDS_PATH,
    /** A version of something else is needed. */
    MINIMUM_VERSION,
    /** A configuration has to be edited. */
    CONFIGURATION,
    /** A reverse proxy or load balancer has to be edited. */
    PROXY,
    /** A name, certificate, port or firewall has to be changed. */
    DNS
}

package dev.rota.coordinator.port;

/** Makes identifiers; called before an entry is proposed, never by the core. */
@FunctionalInterface
public interface Ids {
    /** A new identifier, different from all others ever made. */
    String next();
}

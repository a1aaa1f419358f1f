package dev.rota.coordinator.journal;

/**
 * One record of the log.
 *
 * @param term of the leader that proposed it
 * @param payload a {@link Frame}'s bytes; nobody changes them
 */
@SuppressWarnings("ArrayRecordComponent") // identity is all that is ever compared
record LogRecord(long term, byte[] payload) {}

package dev.rota.coordinator.journal;

import java.io.IOException;

/** The operations on one file the journal rests on; few, so that tests can make each of them fail. Used by one thread at a time. */
interface LogFile extends AutoCloseable {
    /** What messages call it. */
    String name();

    long size() throws IOException;

    /** Reads as many of the buffer's bytes as the file has from {@code position} on; answers how many. */
    int read(byte[] into, long position) throws IOException;

    /** Writes all bytes, or fails with an unknown part of them written. */
    void write(byte[] bytes, long position) throws IOException;

    /** Makes everything written durable. */
    void sync() throws IOException;

    /** Cuts the file, durably. */
    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}

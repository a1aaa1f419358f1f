package dev.rota.coordinator.codec;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts what is written and refuses more than the bound. */
final class BoundedOutput extends FilterOutputStream {
    private final long bound;
    private long written;

    BoundedOutput(OutputStream to, long bound) {
        super(to);
        this.bound = bound;
    }

    long written() {
        return written;
    }

    @Override
    public void write(int b) throws IOException {
        count(1);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        count(length);
        out.write(bytes, offset, length);
    }

    private void count(int more) {
        written += more;
        if (written > bound) {
            throw new IllegalStateException("the state takes more than the " + bound + " bytes a snapshot may hold");
        }
    }
}

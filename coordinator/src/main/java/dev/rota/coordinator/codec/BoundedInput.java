package dev.rota.coordinator.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to give more bytes than were announced. */
final class BoundedInput extends FilterInputStream {
    private final long announced;
    private long left;

    BoundedInput(InputStream in, long announced) {
        super(in);
        this.announced = announced;
        this.left = announced;
    }

    /** Announced and not yet read. */
    long left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    private void count(long more) throws IOException {
        left -= more;
        if (left < 0) {
            throw new IOException("it holds more than the " + announced + " bytes it announces");
        }
    }
}

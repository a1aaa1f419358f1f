package dev.rota.coordinator.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file on disk. Not a {@link java.nio.channels.FileChannel}: that one closes itself when its thread is interrupted, and
 * JGroups interrupts its threads when it stops.
 */
final class DiskFile implements LogFile {
    private final Path path;
    private final RandomAccessFile file;

    DiskFile(Path path) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public int read(byte[] into, long position) throws IOException {
        file.seek(position);
        int total = 0;
        while (total < into.length) {
            int count = file.read(into, total, into.length - total);
            if (count < 0) {
                return total;
            }
            total += count;
        }
        return total;
    }

    @Override
    public void write(byte[] bytes, long position) throws IOException {
        file.seek(position);
        file.write(bytes);
    }

    @Override
    public void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void truncate(long size) throws IOException {
        file.setLength(size);
        sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

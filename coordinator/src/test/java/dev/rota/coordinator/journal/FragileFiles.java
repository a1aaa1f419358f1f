package dev.rota.coordinator.journal;

import java.io.IOException;

/** Files on disk that fail on demand, as a full or broken disk does. */
final class FragileFiles implements LogFile.Opener {
    private final LogFile.Opener disk;
    private volatile boolean full;
    private volatile boolean unsyncable;

    FragileFiles(LogFile.Opener disk) {
        this.disk = disk;
    }

    /** From now on half of what is written reaches the file, and then the write fails. */
    void fill() {
        full = true;
    }

    /** From now on nothing can be made durable. */
    void failSync() {
        unsyncable = true;
    }

    @Override
    public LogFile open(String name) throws IOException {
        LogFile file = disk.open(name);
        return new LogFile() {
            @Override
            public String name() {
                return file.name();
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public int read(byte[] into, long position) throws IOException {
                return file.read(into, position);
            }

            @Override
            public void write(byte[] bytes, long position) throws IOException {
                if (full) {
                    file.write(java.util.Arrays.copyOf(bytes, bytes.length / 2), position);
                    throw new IOException("No space left on device");
                }
                file.write(bytes, position);
            }

            @Override
            public void sync() throws IOException {
                if (unsyncable) {
                    throw new IOException("Input/output error");
                }
                file.sync();
            }

            @Override
            public void truncate(long size) throws IOException {
                file.truncate(size);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}

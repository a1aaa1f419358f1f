package dev.rota.coordinator.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A disk in memory that behaves as badly as a real one may: what was not synced is lost or partly there after a loss of power, writes
 * tear, run short or fail, bits flip. Names of files are durable at once, as the interface promises.
 */
final class SimDisk implements JournalFiles {
    private static final int SECTOR = 512;

    private final Random random;
    private final SortedMap<String, Content> files = new TreeMap<>();
    private int operationsLeft = Integer.MAX_VALUE;
    private boolean full;
    private boolean unsyncable;
    private boolean lying;

    SimDisk(Random random) {
        this.random = random;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Write(int position, byte[] bytes) {}

    private static final class Content {
        private byte[] durable = {};
        private byte[] current = {};
        private final List<Write> pending = new ArrayList<>();
    }

    /** The power fails in the middle of the operation after so many. */
    void cutAfter(int operations) {
        operationsLeft = operations;
    }

    /** From now on half of what is written reaches the file, and then the write fails. */
    void fill() {
        full = true;
    }

    /** From now on nothing can be made durable. */
    void failSync() {
        unsyncable = true;
    }

    /** From now on it says that what was written is durable, and has it in its memory only. */
    void lie() {
        lying = true;
    }

    /** The machine has started again: what was not synced is there in part, in any order, or not at all. */
    void powerLoss() {
        files.values().forEach(c -> {
            byte[] left = c.durable;
            List<Write> sectors = new ArrayList<>();
            c.pending.forEach(w -> split(w, sectors));
            Collections.shuffle(sectors, random);
            for (Write sector : sectors.subList(0, sectors.isEmpty() ? 0 : random.nextInt(sectors.size() + 1))) {
                left = patched(left, sector);
            }
            c.durable = left;
            c.current = left;
            c.pending.clear();
        });
        repair();
    }

    /** The process has started again, the machine has not. */
    void repair() {
        operationsLeft = Integer.MAX_VALUE;
        full = false;
        unsyncable = false;
    }

    /** Flips a bit of a file, at rest. */
    void flip(String name, int bit) {
        byte[] bytes = content(name).current.clone();
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        content(name).current = bytes;
        content(name).durable = bytes;
    }

    /** The bytes of a file. */
    byte[] bytes(String name) {
        return content(name).current.clone();
    }

    private static void split(Write w, List<Write> into) {
        int at = 0;
        while (at < w.bytes().length) {
            int end = Math.min(w.bytes().length, at + SECTOR - (w.position() + at) % SECTOR);
            into.add(new Write(w.position() + at, Arrays.copyOfRange(w.bytes(), at, end)));
            at = end;
        }
    }

    private static byte[] patched(byte[] old, Write w) {
        byte[] now = Arrays.copyOf(old, Math.max(old.length, w.position() + w.bytes().length));
        System.arraycopy(w.bytes(), 0, now, w.position(), w.bytes().length);
        return now;
    }

    private Content content(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private void operation() throws IOException {
        if (operationsLeft <= 0) {
            throw new IOException("no power");
        }
        operationsLeft--;
    }

    private boolean last() {
        return operationsLeft == 0;
    }

    @Override
    public List<String> names() throws IOException {
        return List.copyOf(files.keySet());
    }

    @Override
    public void rename(String from, String to) throws IOException {
        operation();
        Content moved = content(from);
        files.remove(from);
        files.put(to, moved);
    }

    @Override
    public void delete(String name) throws IOException {
        operation();
        files.remove(name);
    }

    @Override
    public LogFile open(String name) throws IOException {
        operation();
        Content c = files.computeIfAbsent(name, k -> new Content());
        return new LogFile() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public long size() {
                return c.current.length;
            }

            @Override
            public int read(byte[] into, long position) {
                int count = (int) Math.max(0, Math.min(into.length, c.current.length - position));
                if (count > 0) {
                    System.arraycopy(c.current, (int) position, into, 0, count);
                }
                return count;
            }

            @Override
            public void write(byte[] bytes, long position) throws IOException {
                operation();
                boolean torn = full || last();
                byte[] written = torn ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
                Write w = new Write((int) position, written.clone());
                c.pending.add(w);
                c.current = patched(c.current, w);
                if (torn) {
                    throw new IOException(full ? "No space left on device" : "no power");
                }
            }

            @Override
            public void sync() throws IOException {
                operation();
                if (unsyncable || last()) {
                    throw new IOException("Input/output error");
                }
                if (!lying) {
                    c.durable = c.current;
                    c.pending.clear();
                }
            }

            @Override
            public void truncate(long size) throws IOException {
                operation();
                c.current = Arrays.copyOf(c.current, (int) Math.min(size, c.current.length));
                c.durable = c.current;
                c.pending.clear();
            }

            @Override
            public void close() {}
        };
    }
}

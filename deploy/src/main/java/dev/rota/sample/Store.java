package dev.rota.sample;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * This node's copy of all entries, in memory and in a log that is appended to before a write is answered. The log is not forced to
 * the disk's platters: it survives the death of the process; the death of the machine is what the other members are for.
 */
final class Store implements Closeable {
    private static final int BUCKETS = 16;
    private static final int MAX_RECORD_BYTES = 1 << 20;

    private final Path file;
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private long clock;
    private FileChannel log;

    /** Reads what is there, cuts off a record that was being written when the process died, and writes the log anew. */
    Store(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            load();
        }
        this.log = rewrite();
    }

    synchronized Optional<String> get(String key) {
        return Optional.ofNullable(entries.get(key)).flatMap(Entry::value);
    }

    /** Makes the entry of a write accepted here, later than everything this node has seen, and applies it. */
    synchronized Entry write(String key, Optional<String> value, String writer) throws IOException {
        Entry entry = new Entry(key, clock + 1, writer, value);
        apply(List.of(entry));
        return entry;
    }

    /** Takes over each entry that is later than what is here. */
    synchronized void apply(Collection<Entry> incoming) throws IOException {
        for (Entry entry : incoming) {
            clock = Math.max(clock, entry.counter());
            Entry known = entries.get(entry.key());
            if (known == null || entry.laterThan(known)) {
                append(log, entry);
                entries.put(entry.key(), entry);
            }
        }
    }

    synchronized List<Entry> snapshot() {
        return List.copyOf(entries.values());
    }

    synchronized long count() {
        return entries.values().stream().filter(e -> e.value().isPresent()).count();
    }

    /** How many keys each of a fixed number of buckets holds; alike on two nodes that hold the same keys. */
    synchronized SortedMap<String, Long> buckets() {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < BUCKETS; i++) {
            counts.put("bucket-%02d".formatted(i), 0L);
        }
        for (Entry entry : entries.values()) {
            if (entry.value().isPresent()) {
                counts.merge("bucket-%02d".formatted(Math.floorMod(entry.key().hashCode(), BUCKETS)), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** SHA-256 over all keys and values in order. */
    synchronized String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(Entry.encode(entries.values().stream()
                    .filter(e -> e.value().isPresent())
                    .map(e -> new Entry(e.key(), 0, "", e.value()))
                    .toList()));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("SHA-256 cannot be computed", e);
        }
    }

    /** Forgets everything, on disk too. */
    synchronized void wipe() throws IOException {
        entries.clear();
        clock = 0;
        log.close();
        log = rewrite();
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
    }

    private FileChannel rewrite() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = open(fresh)) {
            channel.truncate(0);
            for (Entry entry : entries.values()) {
                append(channel, entry);
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FileChannel channel = open(file);
        channel.position(channel.size());
        return channel;
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void append(FileChannel channel, Entry entry) throws IOException {
        byte[] bytes = Entry.encode(List.of(entry));
        ByteBuffer framed = ByteBuffer.allocate(bytes.length + 8);
        framed.putInt(bytes.length).putInt(checksum(bytes)).put(bytes).flip();
        while (framed.hasRemaining()) {
            channel.write(framed);
        }
    }

    private void load() throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(raw))) {
            while (true) {
                int length = in.readInt();
                int expected = in.readInt();
                if (length < 0 || length > MAX_RECORD_BYTES) {
                    return;
                }
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length || checksum(bytes) != expected) {
                    return;
                }
                for (Entry entry : Entry.decode(bytes)) {
                    entries.merge(entry.key(), entry, (a, b) -> b.laterThan(a) ? b : a);
                    clock = Math.max(clock, entry.counter());
                }
            }
        } catch (EOFException end) {
            // The end of the file, or of a record that was never finished and so never answered.
            return;
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}

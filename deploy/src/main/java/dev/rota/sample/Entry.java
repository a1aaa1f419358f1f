package dev.rota.sample;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One key's newest value, or that it was deleted. Of two entries of a key the one with the later stamp wins on every node.
 *
 * @param counter Lamport clock of the write
 * @param writer node that accepted the write; decides between equal counters
 */
record Entry(String key, long counter, String writer, Optional<String> value) {
    private static final Comparator<Entry> BY_STAMP =
            Comparator.comparingLong(Entry::counter).thenComparing(Entry::writer);

    boolean laterThan(Entry other) {
        return BY_STAMP.compare(this, other) > 0;
    }

    static byte[] encode(Collection<Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            write(out, entry.key);
            out.writeLong(entry.counter);
            write(out, entry.writer);
            out.writeBoolean(entry.value.isPresent());
            write(out, entry.value.orElse(""));
        }
        return bytes.toByteArray();
    }

    static List<Entry> decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int count = in.readInt();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = read(in);
            long counter = in.readLong();
            String writer = read(in);
            boolean there = in.readBoolean();
            String value = read(in);
            entries.add(new Entry(key, counter, writer, there ? Optional.of(value) : Optional.empty()));
        }
        return entries;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}

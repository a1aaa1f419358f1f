package dev.rota.coordinator.journal;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who votes.
 *
 * <p>Format: version (1), then length (4) and UTF-8 bytes of each text: the cluster, then name and incarnation of each member; the
 * number of members (4) stands before the first of them.
 *
 * @param cluster made when all members started for the first time; the same for ever. Empty: not known yet
 * @param voters incarnations by name. A member whose data directory was lost comes back as another incarnation, which does not vote:
 *     it has forgotten what it had confirmed
 */
record Roster(String cluster, SortedMap<String, String> voters) {
    /** Before the first start of all members. */
    static final Roster NONE = new Roster("", new TreeMap<>());

    private static final byte VERSION = 1;
    private static final int MAX_VOTERS = 100;

    Roster {
        voters = Collections.unmodifiableSortedMap(new TreeMap<>(voters));
    }

    boolean known() {
        return !voters.isEmpty();
    }

    /** Whether this very member votes. */
    boolean has(String name, String incarnation) {
        return incarnation.equals(voters.get(name));
    }

    Roster with(String name, String incarnation) {
        SortedMap<String, String> more = new TreeMap<>(voters);
        more.put(name, incarnation);
        return new Roster(cluster, more);
    }

    Roster without(String name) {
        SortedMap<String, String> fewer = new TreeMap<>(voters);
        fewer.remove(name);
        return new Roster(cluster, fewer);
    }

    byte[] toBytes() {
        int size = 1 + 4 + cluster.getBytes(StandardCharsets.UTF_8).length + 4;
        for (Map.Entry<String, String> e : voters.entrySet()) {
            size += 8
                    + e.getKey().getBytes(StandardCharsets.UTF_8).length
                    + e.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(VERSION);
        put(out, cluster);
        out.putInt(voters.size());
        voters.forEach((name, incarnation) -> {
            put(out, name);
            put(out, incarnation);
        });
        return out.array();
    }

    private static void put(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putInt(bytes.length).put(bytes);
    }

    static Roster parse(ByteBuffer in) throws IOException {
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new IOException("a list of members has the format " + version + ", this version of Rota reads "
                        + VERSION + "; start the version that wrote it");
            }
            String cluster = text(in);
            SortedMap<String, String> voters = new TreeMap<>();
            int count = in.getInt();
            for (int i = 0; i < Math.min(count, MAX_VOTERS); i++) {
                voters.put(text(in), text(in));
            }
            return new Roster(cluster, voters);
        } catch (BufferUnderflowException e) {
            throw new IOException("a list of members ends too early", e);
        }
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package dev.rota.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Backups as files: whether one can be read, and putting one in the place of all that a node has. */
final class Restoration {
    private Restoration() {}

    /**
     * How many entries a backup has.
     *
     * @throws IOException if it cannot be read from its first to its last byte
     */
    static int check(Path backup) throws IOException {
        return read(backup).size();
    }

    /**
     * Makes the entries of a backup all that the node has; it comes up alone with them. The node must not run. What ends in the middle is
     * done by doing it again.
     *
     * @return how many entries there are
     */
    static int restore(Settings settings, Path backup) throws IOException {
        List<Entry> entries = read(backup);
        Path cluster = settings.data().resolve("cluster");
        Files.createDirectories(settings.data());
        Files.deleteIfExists(cluster);
        try (Store store = new Store(settings.data().resolve("store.log"))) {
            store.wipe();
            store.apply(entries);
        }
        Files.write(cluster, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        return entries.size();
    }

    private static List<Entry> read(Path backup) throws IOException {
        byte[] bytes = Files.readAllBytes(backup);
        try {
            List<Entry> entries = Entry.decode(bytes);
            if (Entry.encode(entries).length != bytes.length) {
                throw new IOException(backup + " has more in it than its entries");
            }
            return entries;
        } catch (IllegalArgumentException | NegativeArraySizeException e) {
            throw new IOException(backup + " is damaged: " + e.getMessage(), e);
        }
    }
}

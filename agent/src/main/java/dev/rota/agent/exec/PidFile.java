package dev.rota.agent.exec;

import dev.rota.agent.file.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A process id file. One that {@link Daemons} wrote has a neighbour {@code <file>.started} with start time and boot, which tells
 * the daemon from a later process of the same number; for a product's own file only the number can be asked for.
 */
public final class PidFile {
    private final Path file;
    private final Path started;

    /** A process id file, there or not. */
    public PidFile(Path file) {
        this.file = file;
        this.started = file.resolveSibling(file.getFileName() + ".started");
    }

    /** The process of the file, if it runs. */
    public OptionalLong running() throws IOException {
        String first = Durable.readText(file).orElse("").strip().split("\\s", 2)[0];
        if (!first.matches("\\d{1,10}")) {
            return OptionalLong.empty();
        }
        long pid = Long.parseLong(first);
        OptionalLong start = ProcessTable.started(pid);
        if (pid <= 1 || start.isEmpty()) {
            return OptionalLong.empty();
        }
        String expected = Durable.readText(started).orElse("").strip();
        boolean same = expected.isEmpty() || expected.equals(start.getAsLong() + " " + ProcessTable.bootId());
        return same ? OptionalLong.of(pid) : OptionalLong.empty();
    }

    /** Removes the file if {@link Daemons} wrote it; a product's own file is the product's. */
    public void forget() throws IOException {
        if (Files.deleteIfExists(started)) {
            Files.deleteIfExists(file);
        }
    }
}

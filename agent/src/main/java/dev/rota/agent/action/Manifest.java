package dev.rota.agent.action;

import dev.rota.agent.file.Digests;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The list of an archive's content: one line for each entry, {@code sha256 size name}; written to a file, since it may be long. */
final class Manifest implements Closeable {
    /** Its name inside the archive. */
    static final String NAME = ".rota-manifest";

    private final Path file;
    private final BufferedWriter out;
    private final MessageDigest digest = Digests.sha256();
    private long files;

    /** Begins a list in a new file. */
    Manifest(Path file) throws IOException {
        this.file = file;
        this.out = Files.newBufferedWriter(file);
    }

    void directory(String name) throws IOException {
        line("directory 0 " + name);
    }

    void link(String name, String target) throws IOException {
        line("link 0 " + name + " -> " + target);
    }

    void file(String name, long size, String sha256) throws IOException {
        files++;
        line(sha256 + " " + size + " " + name);
    }

    private void line(String text) throws IOException {
        String line = text.replace("\\", "\\\\").replace("\n", "\\n") + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        out.write(line);
    }

    /** Ends the list and returns its file. */
    Path end() throws IOException {
        out.close();
        return file;
    }

    /** How many files are listed. */
    long files() {
        return files;
    }

    /** SHA-256 of all lines; ends the list for good. */
    String digest() {
        return Digests.hex(digest);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

package dev.rota.chaos;

import dev.rota.demo.ejabberd.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small disk of its own for each node, so that it can run full: a tmpfs where the node lives. That takes root and a mount namespace of
 * the program's own; without them nodes live on the machine's disk, and none is filled.
 */
final class Disks {
    /** What the launcher sets when mounts made here are seen by nobody else and vanish with the program. */
    static final String PROPERTY = "rota.chaos.mounts";

    static final long MB = 1024L * 1024;

    private static final String SIZE = "400m";
    private static final String FILLER = "filler";
    private static final int BLOCK = 64 * 1024;

    private Disks() {}

    /** Whether nodes can have disks of their own here. */
    static boolean available() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** Gives the nodes their disks, where that can be done. */
    static void mount(List<Node> nodes) throws IOException, InterruptedException {
        if (!available()) {
            return;
        }
        for (Node node : nodes) {
            Files.createDirectories(node.home());
            run(
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=" + SIZE,
                    "rota-chaos",
                    node.home().toString());
        }
    }

    /** Takes them away again, with all that is on them. */
    static void unmount(List<Node> nodes) throws IOException, InterruptedException {
        if (!available()) {
            return;
        }
        for (Node node : nodes) {
            if (Files.exists(node.root())) {
                run("umount", "--lazy", node.home().toString());
            }
        }
    }

    /** Writes a file on the node's disk until no more than that is free. */
    static void fill(Node node, long leave) throws IOException {
        byte[] block = new byte[BLOCK];
        Path file = node.home().resolve(FILLER);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long free = free(node); free > leave; free = free(node)) {
                out.write(block, 0, (int) Math.min(BLOCK, free - leave));
            }
        } catch (IOException e) {
            if (leave > 0) {
                throw e;
            }
        }
    }

    private static long free(Node node) throws IOException {
        return Files.getFileStore(node.home()).getUsableSpace();
    }

    /** Makes room again. */
    static void empty(Node node) throws IOException {
        Files.deleteIfExists(node.home().resolve(FILLER));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }
}

package dev.rota.demo;

import dev.rota.sample.Release;
import dev.rota.sample.SampleNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jgroups.JChannel;

/** Builds the sample product's release artifacts from the classes this program itself runs with. */
final class SampleReleases {
    private static final String PACKAGE = "dev/rota/sample/";
    private static final int EXECUTABLE = 0755;

    private SampleReleases() {}

    /** The artifact of one release: {@code bin/}, {@code lib/} and {@code VERSION} in a tar.gz. */
    static Path build(Release release, Path repository, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("sample-" + release.version() + ".tar.gz");
        try (OutputStream raw = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(raw))) {
            add(tar, "VERSION", (release.version() + "\n").getBytes(StandardCharsets.UTF_8), false);
            for (String script : List.of("sampled", "samplectl")) {
                add(tar, "bin/" + script, Files.readAllBytes(repository.resolve("deploy/sample/bin/" + script)), true);
            }
            add(tar, "lib/sample.jar", productJar(), false);
            add(tar, "lib/jgroups.jar", Files.readAllBytes(origin(JChannel.class)), false);
        }
        return file;
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] bytes, boolean executable)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setModTime(0);
        if (executable) {
            entry.setMode(EXECUTABLE);
        }
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static byte[] productJar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Path origin = origin(SampleNode.class);
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            if (Files.isDirectory(origin)) {
                try (Stream<Path> classes = Files.list(origin.resolve(PACKAGE))) {
                    for (Path file : classes.sorted().toList()) {
                        put(jar, PACKAGE + file.getFileName(), Files.readAllBytes(file));
                    }
                }
            } else {
                try (InputStream raw = Files.newInputStream(origin);
                        ZipInputStream zip = new ZipInputStream(raw)) {
                    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                        if (entry.getName().startsWith(PACKAGE) && !entry.isDirectory()) {
                            put(jar, entry.getName(), zip.readAllBytes());
                        }
                    }
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(0);
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }

    /** The jar or directory a class was loaded from. */
    private static Path origin(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("cannot tell where " + type.getName() + " was loaded from", e);
        }
    }
}

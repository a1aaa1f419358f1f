package dev.rota.agent.action;

import dev.rota.agent.file.Trees;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Reads archives by what is in them, whatever they are called: zip, gzipped tar, tar. */
final class Archives {
    private static final int BUFFER = 64 * 1024;

    private Archives() {}

    /**
     * Extracts all entries.
     *
     * @param owners whether entries get the owner they were archived with, as far as the agent may
     */
    static void extract(Path archive, Extractor into, boolean owners) throws IOException, ActionFailure {
        try {
            if (isZip(archive)) {
                extractZip(archive, into);
            } else {
                try (TarArchiveInputStream tar = openTar(archive)) {
                    extractTar(tar, into, owners);
                }
            }
            into.finish();
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw Extractor.bad("it is damaged: " + e.getMessage());
        }
        if (into.count() == 0) {
            throw Extractor.bad(archive.getFileName() + " is no tar, tar.gz or zip, or is empty");
        }
    }

    private static boolean isZip(Path archive) throws IOException {
        byte[] head = head(archive);
        return head.length == 4 && head[0] == 'P' && head[1] == 'K';
    }

    private static byte[] head(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return in.readNBytes(4);
        }
    }

    /** Opens a tar, gzipped or not. */
    static TarArchiveInputStream openTar(Path archive) throws IOException {
        byte[] head = head(archive);
        boolean gzip = head.length == 4 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
        InputStream raw = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        return new TarArchiveInputStream(gzip ? new GZIPInputStream(raw, BUFFER) : raw, "UTF-8");
    }

    private static void extractTar(TarArchiveInputStream tar, Extractor into, boolean owners)
            throws IOException, ActionFailure {
        for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
            String name = trimmed(e.getName());
            Path made;
            if (e.isDirectory()) {
                made = into.directory(name, e.getMode());
            } else if (e.isSymbolicLink()) {
                made = into.symbolicLink(name, e.getLinkName());
            } else if (e.isLink()) {
                made = into.hardLink(name, trimmed(e.getLinkName()));
            } else if (e.isFile() && !e.isCharacterDevice() && !e.isBlockDevice() && !e.isFIFO()) {
                made = into.file(name, e.getMode(), e.getLastModifiedTime(), tar);
            } else {
                throw Extractor.bad("entry " + name + " is neither file, directory nor link");
            }
            if (owners && Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
                Trees.chown(made, (int) e.getLongUserId(), (int) e.getLongGroupId());
            }
        }
    }

    private static void extractZip(Path archive, Extractor into) throws IOException, ActionFailure {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry e = entries.nextElement();
                String name = trimmed(e.getName());
                int mode = e.getUnixMode() == 0 ? (e.isDirectory() ? 0755 : 0644) : e.getUnixMode();
                try (InputStream content = zip.getInputStream(e)) {
                    if (e.isDirectory()) {
                        into.directory(name, mode);
                    } else if (e.isUnixSymlink()) {
                        into.symbolicLink(name, new String(content.readAllBytes(), StandardCharsets.UTF_8));
                    } else {
                        into.file(name, mode, e.getLastModifiedTime(), content);
                    }
                }
            }
        }
    }

    /** Without {@code ./} in front and {@code /} at the end. */
    private static String trimmed(String name) {
        String n = name;
        while (n.startsWith("./")) {
            n = n.substring(2);
        }
        while (n.endsWith("/")) {
            n = n.substring(0, n.length() - 1);
        }
        return n.equals(".") ? "" : n;
    }
}

package dev.rota.agent.exec;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The kept output of a {@link JobCommand}: its beginning, and its end when there was more. */
public final class JobOutput {
    private static final Pattern END = Pattern.compile("\\x1erota-end \\d+ \\d+\\x1e");
    private static final String CUT = "\n[... output cut ...]\n";

    private final Path directory;
    private long seenHead;
    private long seenTail;

    JobOutput(Path directory) {
        this.directory = directory;
    }

    /** All that was kept; at most so many bytes of the beginning and as many of the end. */
    public String text(int maxBytes) throws IOException {
        byte[] head = read("out", 0, maxBytes);
        byte[] older = end("out.tail.1", maxBytes);
        byte[] newer = end("out.tail", maxBytes);
        String tail = decode(older) + decode(newer);
        boolean cut = older.length > 0;
        String text = decode(head) + (cut ? CUT : "") + tail;
        return END.matcher(text).replaceAll("");
    }

    /** The last part of what was kept. */
    public String tail(int maxChars) throws IOException {
        String text = text(maxChars * 2);
        return text.length() <= maxChars ? text : text.substring(text.length() - maxChars);
    }

    /** What came since the last call, at most so many bytes; the rest is passed over with a mark. */
    public String more(int maxBytes) throws IOException {
        StringBuilder more = new StringBuilder();
        seenHead = more("out", seenHead, maxBytes, more);
        long tailSize = size("out.tail");
        seenTail = more(
                "out.tail", tailSize < seenTail ? 0 : seenTail, maxBytes - Math.min(maxBytes, more.length()), more);
        return END.matcher(more).replaceAll("");
    }

    private long more(String file, long seen, int maxBytes, StringBuilder into) throws IOException {
        long size = size(file);
        if (size > seen) {
            long from = seen;
            if (size - seen > maxBytes) {
                into.append(CUT);
                from = size - Math.max(0, maxBytes - CUT.length());
            }
            into.append(decode(read(file, from, (int) (size - from))));
        }
        return Math.max(size, seen);
    }

    private byte[] end(String file, int maxBytes) throws IOException {
        return read(file, Math.max(0, size(file) - maxBytes), maxBytes);
    }

    private long size(String file) throws IOException {
        try {
            return Files.size(directory.resolve(file));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Nothing of a file that is not there: the wrapper moves the tail aside at any moment, also between two looks. */
    private byte[] read(String file, long from, int maxBytes) throws IOException {
        try (SeekableByteChannel in = Files.newByteChannel(directory.resolve(file))) {
            return Channels.newInputStream(in.position(from)).readNBytes(Math.max(0, maxBytes));
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

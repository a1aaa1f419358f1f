package dev.rota.coordinator.artifact;

import dev.rota.coordinator.port.ArtifactStore.Content;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads an archive from its first byte to its last, so that a damaged one is refused before any node gets it. */
public final class ArchiveCheck {
    private static final int BLOCK = 512;
    private static final int BUFFER = 256 << 10;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int NAME_BYTES = 100;

    private ArchiveCheck() {}

    /**
     * What is wrong with an artifact that agents are to unpack; empty when it is a whole tar, tar.gz or zip.
     *
     * @throws IOException when the store cannot be read
     */
    public static Optional<String> problem(Content content) throws IOException {
        try (InputStream in = new BufferedInputStream(new ContentStream(content), BUFFER)) {
            in.mark(4);
            byte[] head = in.readNBytes(4);
            in.reset();
            if (head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
                return tar(new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER));
            }
            return head.length == 4 && head[0] == 'P' && head[1] == 'K' ? zip(in) : tar(in);
        } catch (EOFException | ZipException damaged) {
            return Optional.of("it is damaged or cut short: " + damaged.getMessage());
        }
    }

    private static Optional<String> zip(InputStream in) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in)) {
            byte[] buffer = new byte[BUFFER];
            int entries = 0;
            while (zip.getNextEntry() != null) {
                entries++;
                while (zip.read(buffer) >= 0) {
                    // the checksum is compared at the end of each entry
                }
            }
            return entries > 0 ? Optional.empty() : Optional.of("it is a zip without entries");
        }
    }

    private static Optional<String> tar(InputStream in) throws IOException {
        int entries = 0;
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if ((header.length == 0 && entries > 0) || (header.length == BLOCK && isZero(header))) {
                break;
            }
            if (header.length < BLOCK || !checksumHolds(header)) {
                return Optional.of(
                        entries == 0 ? "it is no tar, tar.gz or zip" : "entry " + (entries + 1) + " is damaged");
            }
            entries++;
            long size = size(header);
            long padded = size < 0 ? -1 : (size + BLOCK - 1) / BLOCK * BLOCK;
            if (padded < 0 || !skipped(in, padded)) {
                return Optional.of("it ends in the middle of entry " + name(header));
            }
        }
        byte[] rest = new byte[BUFFER];
        while (in.read(rest) >= 0) {
            // what follows is padding; a compressed archive is checked to its end
        }
        return entries > 0 ? Optional.empty() : Optional.of("it is an archive without entries");
    }

    private static boolean skipped(InputStream in, long bytes) throws IOException {
        byte[] buffer = new byte[BLOCK];
        long left = bytes;
        while (left > 0) {
            long step = in.skip(left);
            if (step == 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    return false;
                }
                step = read;
            }
            left -= step;
        }
        return true;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean checksumHolds(byte[] header) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += own ? ' ' : header[i] & 0xff;
        }
        return octal(header, CHECKSUM_AT, CHECKSUM_BYTES) == sum;
    }

    /** In octal digits, or in base 256 when the first bit is set. */
    private static long size(byte[] header) {
        if ((header[SIZE_AT] & 0x80) == 0) {
            return octal(header, SIZE_AT, SIZE_BYTES);
        }
        return ByteBuffer.wrap(header, SIZE_AT + SIZE_BYTES - Long.BYTES, Long.BYTES)
                .getLong();
    }

    private static long octal(byte[] header, int from, int length) {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            if (header[i] >= '0' && header[i] <= '7') {
                value = value * 8 + header[i] - '0';
            } else if (header[i] != ' ' && header[i] != 0) {
                return -1;
            }
        }
        return value;
    }

    private static String name(byte[] header) {
        int end = 0;
        while (end < NAME_BYTES && header[end] != 0) {
            end++;
        }
        return new String(header, 0, end, StandardCharsets.UTF_8);
    }

    /** Reads the content in order; closing it is for whoever has opened it. */
    private static final class ContentStream extends InputStream {
        private final Content content;
        private long offset;

        ContentStream(Content content) {
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = content.read(ByteBuffer.wrap(into, from, length), offset);
            offset += Math.max(0, read);
            return read;
        }
    }
}

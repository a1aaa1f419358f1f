package dev.rota.coordinator.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.port.ArtifactStore.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ArchiveCheckTest {
    private static Optional<String> problem(byte[] bytes) throws IOException {
        return ArchiveCheck.problem(new Content() {
            @Override
            public long sizeBytes() {
                return bytes.length;
            }

            @Override
            public int read(ByteBuffer into, long offset) {
                int n = (int) Math.min(into.remaining(), bytes.length - offset);
                into.put(bytes, (int) offset, Math.max(0, n));
                return n > 0 ? n : -1;
            }

            @Override
            public void close() {}
        });
    }

    /** A tar of two files and one that is longer than its header says when {@code size} is more than it holds. */
    private static byte[] tar() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entry(out, "bin/server", 700);
        entry(out, "lib/server.jar", 1024);
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    private static void entry(ByteArrayOutputStream out, String name, int size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o ", size));
        put(header, 148, "        ");
        header[156] = '0';
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        out.writeBytes(header);
        byte[] content = new byte[(size + 511) / 512 * 512];
        Arrays.fill(content, 0, size, (byte) 'x');
        out.writeBytes(content);
    }

    private static void put(byte[] into, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("bin/server"));
            zip.write(new byte[5000]);
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    @Test
    void wholeArchivesAreGood() throws IOException {
        assertThat(problem(tar())).isEmpty();
        assertThat(problem(gzip(tar()))).isEmpty();
        assertThat(problem(zip())).isEmpty();
    }

    @Test
    void whereverACompressedArchiveIsCutItIsRefused() throws IOException {
        byte[] whole = gzip(tar());
        for (int length = 0; length < whole.length; length++) {
            assertThat(problem(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isPresent();
        }
    }

    @Test
    void anArchiveCutInTheMiddleOfAnEntryNamesIt() throws IOException {
        assertThat(problem(Arrays.copyOf(tar(), 512 + 1024 + 512 + 100)))
                .hasValueSatisfying(p -> assertThat(p).isEqualTo("it ends in the middle of entry lib/server.jar"));
        byte[] whole = zip();
        assertThat(problem(Arrays.copyOf(whole, 40))).isPresent();
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        for (byte[] bytes : new byte[][] {
            {},
            "hello\n".getBytes(StandardCharsets.UTF_8),
            new byte[2048],
            gzip("hello".getBytes(StandardCharsets.UTF_8))
        }) {
            assertThat(problem(bytes)).isPresent();
        }
    }

    @Test
    void aFlippedBitIsFound() throws IOException {
        byte[] damaged = gzip(tar());
        damaged[damaged.length / 2] ^= 1;
        assertThat(problem(damaged)).isPresent();
    }
}

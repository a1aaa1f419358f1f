package dev.rota.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.agent.file.Digests;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptBackupTest {
    @TempDir
    Path dir;

    private Path archive;
    private String sha256;

    @BeforeEach
    void backUp() throws ActionFailure, IOException, InterruptedException {
        Bench bench = new Bench(dir);
        bench.file("data/table", "rows ".repeat(50_000));
        bench.file("data/other", "x");
        archive = dir.resolve("backup/b.tar.gz");
        sha256 = bench.perform(new Work.Archive(List.of("${root}/data"), archive.toString()))
                .facts()
                .getOrDefault("backup.sha256", "");
    }

    @Test
    void findsTheBackupByItsDigestAndReadsItBack() throws ActionFailure, IOException {
        Files.writeString(dir.resolve("backup/a.tar.gz"), "another one");
        Files.writeString(dir.resolve("backup/a.tar.gz.sha256"), "0".repeat(64) + "  a.tar.gz\n");

        assertThat(KeptBackup.verify(archive.resolveSibling(""), sha256))
                .containsEntry("backup.path", archive.toString())
                .containsEntry("backup.sha256", sha256)
                .containsEntry("backup.files", "2")
                .containsEntry("backup.verified", "true");
        try (var left = Files.list(archive.resolveSibling(""))) {
            assertThat(left).hasSize(4);
        }
    }

    @Test
    void aBackupThatIsGoneIsMissing() throws IOException {
        Files.delete(archive);
        assertFails(sha256, Code.BACKUP_MISSING, "there is no backup with SHA-256 " + sha256);
        assertThatThrownBy(() -> KeptBackup.verify(dir.resolve("none"), sha256)).hasMessageContaining("no backup");
    }

    @Test
    void aBackupWithOneOtherByteHasChanged() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);
        assertFails(sha256, Code.BACKUP_CHANGED, "and had " + sha256);
    }

    @Test
    void aBackupThatEndsTooEarlyIsUnreadableAlsoUnderADigestOfItsOwn() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
        String cut = Digests.of(archive);
        Files.writeString(archive.resolveSibling("b.tar.gz.sha256"), cut + "  b.tar.gz\n");
        assertFails(cut, Code.BACKUP_UNREADABLE, "cannot be read back");
    }

    @Test
    void anArchiveWithoutItsListIsUnreadable() throws IOException {
        Path empty = Files.write(archive, new byte[1024]);
        String digest = Digests.of(empty);
        Files.writeString(archive.resolveSibling("b.tar.gz.sha256"), digest + "  b.tar.gz\n");
        assertFails(digest, Code.BACKUP_UNREADABLE, "something else than its own list");
    }

    private void assertFails(String digest, Code code, String message) {
        assertThatThrownBy(() -> KeptBackup.verify(archive.resolveSibling(""), digest))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        ActionFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

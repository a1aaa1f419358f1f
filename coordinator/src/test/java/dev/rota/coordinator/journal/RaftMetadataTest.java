package dev.rota.coordinator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftMetadataTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void writeTwice() throws IOException {
        path = directory.resolve("term");
        try (RaftMetadata metadata = open()) {
            metadata.write(4, new byte[] {1, 2});
            metadata.write(5, null);
            metadata.mark(17);
        }
    }

    @Test
    void theNewestIsReadBack() throws IOException {
        try (RaftMetadata metadata = open()) {
            assertThat(metadata.term()).isEqualTo(5);
            assertThat(metadata.vote()).isNull();
            assertThat(metadata.mark()).isEqualTo(17);
            metadata.write(5, new byte[] {3});
        }
        try (RaftMetadata metadata = open()) {
            assertThat(metadata.vote()).containsExactly(3);
        }
    }

    /** Or a member that has voted could vote once more in the same term. */
    @Test
    void whateverIsDamagedInOneCopyTheOtherHasTheNewest() throws IOException {
        for (int at = 0; at < 1024; at += 31) {
            try (RaftMetadata metadata = open()) {
                metadata.write(6, new byte[] {7});
            }
            damage(at);
            try (RaftMetadata metadata = open()) {
                assertThat(metadata.term()).isEqualTo(6);
                assertThat(metadata.vote()).containsExactly(7);
            }
        }
    }

    @Test
    void aTornWriteLeavesTheOneBefore() throws IOException {
        Files.delete(path);
        try (RaftMetadata metadata = open()) {
            metadata.write(4, new byte[] {1, 2});
        }
        damage(10);

        try (RaftMetadata metadata = open()) {
            assertThat(metadata.term()).isEqualTo(4);
            assertThat(metadata.vote()).containsExactly(1, 2);
        }
    }

    @Test
    void withoutAnyCopyOfTheTermNothingStarts() throws IOException {
        damage(10);
        damage(512 + 10);

        assertThatThrownBy(this::open).hasMessageContaining("neither copy of the term can be read");
    }

    @Test
    void aLostMarkIsNoLongerKnown() throws IOException {
        damage(1024 + 7);

        try (RaftMetadata metadata = open()) {
            assertThat(metadata.mark()).isZero();
            assertThat(metadata.term()).isEqualTo(5);
        }
    }

    @Test
    void aFirstWriteThatWasTornIsNoWrite() throws IOException {
        Files.write(path, Arrays.copyOf(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}, 700));

        try (RaftMetadata metadata = open()) {
            assertThat(metadata.term()).isZero();
            assertThat(metadata.mark()).isZero();
        }
    }

    private void damage(int at) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[at] ^= 1;
        Files.write(path, bytes);
    }

    private RaftMetadata open() throws IOException {
        return RaftMetadata.open(new DiskFile(path));
    }
}

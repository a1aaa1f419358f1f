package dev.rota.coordinator.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.Digest;
import dev.rota.coordinator.port.ArtifactStore.Content;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.port.ArtifactStore.Upload;
import dev.rota.coordinator.port.DigestMismatchException;
import dev.rota.coordinator.port.InsufficientSpaceException;
import dev.rota.coordinator.port.SizeMismatchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryArtifactStoreTest {
    private static final byte[] BYTES = "release 1.1".getBytes(StandardCharsets.UTF_8);
    private static final String SHA_256 = Digest.sha256(BYTES);
    private static final String OTHER = "0".repeat(64);

    @TempDir
    Path directory;

    private DirectoryArtifactStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = DirectoryArtifactStore.open(directory);
    }

    @Test
    void whatWasUploadedIsFoundAndRead() throws IOException {
        assertThat(upload(SHA_256, BYTES.length)).isEqualTo(new StoredArtifact(SHA_256, BYTES.length));

        assertThat(DirectoryArtifactStore.open(directory).find(SHA_256))
                .contains(new StoredArtifact(SHA_256, BYTES.length));
        assertThat(directory.resolve("sha256").resolve(SHA_256.substring(0, 2)).resolve(SHA_256))
                .hasBinaryContent(BYTES);
        try (Content content = store.open(SHA_256)) {
            ByteBuffer tail = ByteBuffer.allocate(100);
            assertThat(content.sizeBytes()).isEqualTo(BYTES.length);
            assertThat(content.read(tail, 8)).isEqualTo(3);
            assertThat(content.read(tail, BYTES.length)).isEqualTo(-1);
            assertThat(new String(tail.array(), 0, 3, StandardCharsets.UTF_8)).isEqualTo("1.1");
        }
    }

    @Test
    void aRemovedArtifactIsGoneButForWhoeverReadsIt() throws IOException {
        upload(SHA_256, BYTES.length);
        try (Content content = store.open(SHA_256)) {
            store.remove(SHA_256);
            store.remove(SHA_256);
            store.remove("../" + SHA_256);

            assertThat(store.find(SHA_256)).isEmpty();
            assertThat(content.read(ByteBuffer.allocate(100), 0)).isEqualTo(BYTES.length);
        }
        upload(SHA_256, BYTES.length);
        assertThat(store.find(SHA_256)).isPresent();
    }

    @Test
    void theSameArtifactMayComeTwice() throws IOException {
        upload(SHA_256, BYTES.length);
        upload(SHA_256, BYTES.length);

        assertThat(store.find(SHA_256)).isPresent();
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void nothingIsFoundBeforeTheUploadHasFinished() throws IOException {
        try (Upload upload = store.begin(BYTES.length, SHA_256)) {
            upload.write(ByteBuffer.wrap(BYTES));
            assertThat(store.find(SHA_256)).isEmpty();
        }
        assertThat(store.find(SHA_256)).isEmpty();
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void aWrongDigestIsRefusedNamingBoth() throws IOException {
        assertThatThrownBy(() -> upload(OTHER, BYTES.length))
                .isInstanceOf(DigestMismatchException.class)
                .hasMessageContaining(SHA_256)
                .hasMessageContaining(OTHER);

        assertThat(store.find(SHA_256)).isEmpty();
        assertThat(store.find(OTHER)).isEmpty();
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void tooFewAndTooManyBytesAreRefused() {
        assertThatThrownBy(() -> upload(SHA_256, BYTES.length + 1)).isInstanceOf(SizeMismatchException.class);
        assertThatThrownBy(() -> upload(SHA_256, BYTES.length - 1)).isInstanceOf(SizeMismatchException.class);
    }

    @Test
    void anArtifactBiggerThanTheDiskIsRefusedAtOnce() throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        long size = Math.min(free, DirectoryArtifactStore.MAX_ARTIFACT_BYTES);

        if (size == free) {
            assertThatThrownBy(() -> store.begin(size, SHA_256))
                    .isInstanceOf(InsufficientSpaceException.class)
                    .hasMessageContaining("must stay free");
        }
        assertThatThrownBy(() -> store.begin(DirectoryArtifactStore.MAX_ARTIFACT_BYTES + 1, SHA_256))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameThatIsNoDigestReachesNoFile() {
        assertThat(store.find("../../etc/passwd")).isEmpty();
        assertThatThrownBy(() -> store.open("../../etc/passwd")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.open(OTHER)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.begin(1, "../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leftOversOfInterruptedUploadsAreRemovedAtTheStart() throws IOException {
        Files.writeString(directory.resolve("incoming").resolve("half.part"), "half");

        DirectoryArtifactStore.open(directory);

        assertThat(temporaryFiles()).isZero();
    }

    private StoredArtifact upload(String sha256, long size) throws IOException {
        try (Upload upload = store.begin(size, sha256)) {
            upload.write(ByteBuffer.wrap(BYTES, 0, 4));
            upload.write(ByteBuffer.wrap(BYTES, 4, BYTES.length - 4));
            return upload.finish();
        }
    }

    private long temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("incoming"))) {
            return files.count();
        }
    }
}

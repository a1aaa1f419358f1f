package dev.rota.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.agent.file.Digests;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
    private static final byte[] CONTENT = "0123456789".repeat(100).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    private final List<Long> offsets = new ArrayList<>();

    private static String sha256(byte[] bytes) {
        MessageDigest digest = Digests.sha256();
        digest.update(bytes);
        return Digests.hex(digest);
    }

    private static ArtifactRef ref(byte[] content) {
        return new ArtifactRef(sha256(content), content.length, "shop-1.2.tgz");
    }

    private Bench bench(ArtifactRef ref, long floor, ArtifactSource source) {
        return new Bench(dir, Optional.of(ref), source, floor);
    }

    private ArtifactSource serving(byte[] content) {
        return (sha256, offset, limit, sink) -> {
            offsets.add(offset);
            for (int i = (int) offset; i < content.length; i += 100) {
                sink.accept(ByteBuffer.wrap(content, i, Math.min(100, content.length - i)));
            }
        };
    }

    private Path file(ArtifactRef ref) {
        return new Places(dir.resolve("data")).artifact(ref);
    }

    private Path part(ArtifactRef ref) {
        return new Places(dir.resolve("data")).artifactPart(ref);
    }

    @Test
    void fetchesOnce() throws ActionFailure, IOException, InterruptedException {
        ArtifactRef ref = ref(CONTENT);
        Bench bench = bench(ref, 0, serving(CONTENT));
        bench.perform(new Work.Fetch());
        bench.perform(new Work.Fetch());
        assertThat(file(ref)).hasBinaryContent(CONTENT);
        assertThat(part(ref)).doesNotExist();
        assertThat(offsets).containsExactly(0L);
    }

    @Test
    void fetchesAgainWhatWasDamagedOnDisk() throws ActionFailure, IOException, InterruptedException {
        ArtifactRef ref = ref(CONTENT);
        Bench bench = bench(ref, 0, serving(CONTENT));
        bench.perform(new Work.Fetch());
        byte[] bad = CONTENT.clone();
        bad[0] ^= 1;
        Files.write(file(ref), bad);
        bench.perform(new Work.Fetch());
        assertThat(file(ref)).hasBinaryContent(CONTENT);
    }

    @Test
    void resumesWhatAnEarlierAgentLeft() throws ActionFailure, IOException, InterruptedException {
        ArtifactRef ref = ref(CONTENT);
        Files.createDirectories(part(ref).resolveSibling(""));
        Files.write(part(ref), java.util.Arrays.copyOf(CONTENT, 300));
        bench(ref, 0, serving(CONTENT)).perform(new Work.Fetch());
        assertThat(offsets).containsExactly(300L);
        assertThat(file(ref)).hasBinaryContent(CONTENT);
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws ActionFailure, IOException, InterruptedException {
        ArtifactRef ref = ref(CONTENT);
        ArtifactSource breaking = (sha256, offset, limit, sink) -> {
            offsets.add(offset);
            sink.accept(ByteBuffer.wrap(CONTENT, (int) offset, 250));
            if (offset + 250 < CONTENT.length) {
                throw new ArtifactSource.UnavailableException("broke");
            }
        };
        bench(ref, 0, breaking).perform(new Work.Fetch());
        assertThat(offsets).containsExactly(0L, 250L, 500L, 750L);
        assertThat(file(ref)).hasBinaryContent(CONTENT);
    }

    @Test
    void refusesWhatIsShorterLongerOrDifferent() throws Exception {
        ArtifactRef ref = ref(CONTENT);
        byte[] different = CONTENT.clone();
        different[500] ^= 1;
        for (byte[] wrong :
                List.of(different, java.util.Arrays.copyOf(CONTENT, 900), java.util.Arrays.copyOf(CONTENT, 1100))) {
            assertThatThrownBy(() -> bench(ref, 0, serving(wrong)).perform(new Work.Fetch()))
                    .isInstanceOfSatisfying(
                            ActionFailure.class, e -> assertThat(e.code()).isEqualTo(Code.DIGEST_MISMATCH));
            assertThat(part(ref)).doesNotExist();
            assertThat(file(ref)).doesNotExist();
        }
    }

    @Test
    void refusesUpFrontWhatDoesNotFit() {
        ArtifactRef ref = ref(CONTENT);
        assertThatThrownBy(
                        () -> bench(ref, Long.MAX_VALUE / 2, serving(CONTENT)).perform(new Work.Fetch()))
                .hasMessageContaining("limits.disk_floor")
                .isInstanceOfSatisfying(
                        ActionFailure.class, e -> assertThat(e.code()).isEqualTo(Code.DISK_FULL));
        assertThat(offsets).isEmpty();
    }

    @Test
    void saysThatTheDiskIsFull() {
        ArtifactRef ref = ref(CONTENT);
        ArtifactSource full = (sha256, offset, limit, sink) -> {
            throw new IOException("No space left on device");
        };
        assertThatThrownBy(() -> bench(ref, 0, full).perform(new Work.Fetch()))
                .isInstanceOfSatisfying(
                        ActionFailure.class, e -> assertThat(e.code()).isEqualTo(Code.DISK_FULL));
    }

    @Test
    void keepsTheLastFew() throws ActionFailure, IOException, InterruptedException {
        for (int i = 0; i < 7; i++) {
            byte[] content = ("artifact " + i).getBytes(StandardCharsets.UTF_8);
            bench(ref(content), 0, serving(content)).perform(new Work.Fetch());
        }
        try (var left = Files.list(dir.resolve("data/artifacts"))) {
            assertThat(left.map(p -> String.valueOf(p.getFileName())).toList())
                    .hasSize(4)
                    .contains(sha256("artifact 6".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void namesOfArtifactsAreChecked() {
        for (String name : List.of("../x", "a/b", "", ".hidden", "a b")) {
            assertThatThrownBy(() -> new ArtifactRef("a".repeat(64), 1, name)).hasMessageContaining("file name");
        }
        assertThatThrownBy(() -> new ArtifactRef("../" + "a".repeat(61), 1, "x"))
                .hasMessageContaining("SHA-256");
    }
}

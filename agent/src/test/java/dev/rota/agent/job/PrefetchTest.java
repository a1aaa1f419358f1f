package dev.rota.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rota.agent.action.ArtifactSource;
import dev.rota.agent.file.Digests;
import dev.rota.wire.agent.v1.Artifact;
import dev.rota.wire.agent.v1.Prefetch;
import dev.rota.wire.agent.v1.StepOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefetchTest {
    @TempDir
    Path dir;

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private Artifact artifact = Artifact.getDefaultInstance();
    private Scene scene;
    private Jobs jobs;

    @BeforeEach
    void start() throws IOException {
        Path file = dir.resolve("release.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            TarArchiveEntry entry = new TarArchiveEntry("bin/server");
            entry.setSize(3);
            tar.putArchiveEntry(entry);
            tar.write(new byte[] {1, 2, 3});
            tar.closeArchiveEntry();
        }
        byte[] bytes = Files.readAllBytes(file);
        artifact = artifact(Digests.of(file), bytes.length);
        scene = new Scene(dir, "- run: [\"true\"]\n", """
                - fetch: artifact
                - unpack: {from: "${artifact.file}", to: "${root}/unpacked"}
                """);
        scene.source = (sha256, offset, limit, sink) -> {
            asked.incrementAndGet();
            if (!sha256.equals(artifact.getSha256())) {
                release.await();
                throw new ArtifactSource.UnavailableException("not yet");
            }
            sink.accept(ByteBuffer.wrap(bytes, (int) offset, bytes.length - (int) offset));
        };
        jobs = scene.jobs();
    }

    @AfterEach
    void stop() {
        release.countDown();
        scene.close();
    }

    private static Artifact artifact(String sha256, long bytes) {
        return Artifact.newBuilder()
                .setSha256(sha256)
                .setSizeBytes(bytes)
                .setFileName("release.tar")
                .build();
    }

    private Path kept(String name) {
        return dir.resolve("data/artifacts").resolve(artifact.getSha256()).resolve(name);
    }

    private void prefetch(Artifact what, long term) throws IOException {
        jobs.prefetch(Prefetch.newBuilder().setTerm(term).setArtifact(what).build());
    }

    private void stage() throws IOException {
        jobs.run(scene.order("stage").toBuilder().setArtifact(artifact).build());
        await().until(() -> !scene.results.isEmpty());
        assertThat(scene.results.get(0).getMessage()).isEmpty();
        assertThat(scene.results.get(0).getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
        assertThat(dir.resolve("unpacked/bin/server")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(kept("tree")).doesNotExist();
    }

    @Test
    void aStepUsesWhatWasFetchedAndUnpackedAhead() throws IOException {
        prefetch(artifact, 1);
        await().until(() -> Files.exists(kept("tree/bin/server")));
        assertThat(dir.resolve("unpacked")).doesNotExist();
        stage();
        assertThat(asked).hasValue(1);
    }

    @Test
    void aStepNeedsNothingToBeThereAhead() throws IOException {
        stage();
        assertThat(asked).hasValue(1);
    }

    @Test
    void anArtifactThatIsOnItsWayMakesRoomForAnother() throws IOException {
        prefetch(artifact("0".repeat(64), 10), 1);
        await().until(() -> asked.get() == 1);
        stage();
    }

    @Test
    void aCoordinatorOfAnEarlierTermIsNotHeard() throws IOException {
        prefetch(artifact, 2);
        await().until(() -> Files.exists(kept("tree/bin/server")));
        prefetch(artifact("0".repeat(64), 10), 1);
        prefetch(artifact("no digest", 10), 2);
        assertThat(asked).hasValue(1);
    }
}

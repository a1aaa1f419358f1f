package dev.rota.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The actions link, copy and remove. */
class FilesTest {
    @TempDir
    Path dir;

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench(dir);
        Files.createDirectory(dir.resolve("1.0"));
        Files.createDirectory(dir.resolve("1.1"));
    }

    private Work.Link link(String target) {
        return new Work.Link("${root}/current", target);
    }

    private Path target(String link) throws IOException {
        return Files.readSymbolicLink(dir.resolve(link));
    }

    @Test
    void switchesALinkAndKeepsTheWayBack() throws ActionFailure, IOException, InterruptedException {
        bench.perform(link("${root}/1.0"));
        assertThat(target("current")).isEqualTo(dir.resolve("1.0"));
        assertThat(dir.resolve("current.previous")).doesNotExist();
        bench.perform(link("${root}/1.1"));
        assertThat(target("current")).isEqualTo(dir.resolve("1.1"));
        assertThat(target("current.previous")).isEqualTo(dir.resolve("1.0"));
    }

    @Test
    void switchingAgainKeepsTheWayBack() throws ActionFailure, IOException, InterruptedException {
        bench.perform(link("${root}/1.0"));
        bench.perform(link("${root}/1.1"));
        bench.perform(link("${root}/1.1"));
        assertThat(target("current.previous")).isEqualTo(dir.resolve("1.0"));
    }

    @Test
    void doesNotSwitchToWhatIsNotThereNorReplaceADirectory() throws ActionFailure, IOException, InterruptedException {
        bench.perform(link("${root}/1.0"));
        assertFails(link("${root}/2.0"), "which is not there");
        assertThat(target("current")).isEqualTo(dir.resolve("1.0"));
        assertFails(new Work.Link("${root}/1.0", "${root}/1.1"), "no symbolic link");
    }

    @Test
    void copiesAFileAndATreeOverWhatIsThere() throws ActionFailure, IOException, InterruptedException {
        bench.file("from/a", "new");
        bench.file("from/sub/b", "new too");
        Files.createSymbolicLink(dir.resolve("from/l"), Path.of("a"));
        bench.file("to/stale", "old");
        bench.perform(new Work.Copy("${root}/from", "${root}/to"));
        assertThat(dir.resolve("to/sub/b")).hasContent("new too");
        assertThat(target("to/l")).isEqualTo(Path.of("a"));
        assertThat(dir.resolve("to/stale")).doesNotExist();
        bench.perform(new Work.Copy("${root}/from/a", "${root}/deep/er/file"));
        assertThat(dir.resolve("deep/er/file")).hasContent("new");
        bench.perform(new Work.Copy("${root}/from/sub/b", "${root}/deep/er/file"));
        assertThat(dir.resolve("deep/er/file")).hasContent("new too");
        assertThat(names("deep/er")).containsExactly("file");
    }

    @Test
    void refusesToCopyWhatIsNotThereOrIntoItself() throws Exception {
        bench.file("from/a", "x");
        assertFails(new Work.Copy("${root}/none", "${root}/to"), "is not there");
        assertFails(new Work.Copy("${root}/from", "${root}/from/inside"), "into itself");
    }

    @Test
    void removesFilesTreesAndLinksButNotWhatTheyPointAt() throws ActionFailure, IOException, InterruptedException {
        bench.file("tree/a/b", "x");
        bench.file("kept/c", "x");
        Files.createSymbolicLink(dir.resolve("tree/out"), dir.resolve("kept"));
        Files.createSymbolicLink(dir.resolve("link"), dir.resolve("kept"));
        bench.perform(new Work.Remove(List.of("${root}/tree", "${root}/link", "${root}/none"), 0));
        assertThat(dir.resolve("tree")).doesNotExist();
        assertThat(names("")).doesNotContain("link");
        assertThat(dir.resolve("kept/c")).exists();
    }

    @Test
    void keepsTheNewestAndWhateverIsInUse() throws ActionFailure, IOException, InterruptedException {
        for (int i = 1; i <= 6; i++) {
            Path release = Files.createDirectories(dir.resolve("releases/1." + i));
            Files.setLastModifiedTime(release, FileTime.fromMillis(1_700_000_000_000L + i * 1000L));
        }
        Files.createSymbolicLink(dir.resolve("current"), Path.of("releases/1.2"));
        Files.createSymbolicLink(dir.resolve("current.previous"), dir.resolve("releases/1.1"));
        bench.perform(new Work.Remove(List.of("${root}/releases"), 2));
        assertThat(names("releases")).containsExactly("1.1", "1.2", "1.5", "1.6");
    }

    @Test
    void neverRemovesWhatIsNextToTheRoot() {
        for (String path : List.of("/", "/home", "/usr/..", "/home/../var")) {
            assertFails(new Work.Remove(List.of(path), 0), "too close to the root");
        }
    }

    private void assertFails(Work work, String message) {
        assertThatThrownBy(() -> bench.perform(work))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        ActionFailure.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_PATH));
    }

    private List<String> names(String directory) throws IOException {
        try (var entries = Files.list(dir.resolve(directory))) {
            return entries.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        }
    }
}

package dev.rota.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.agent.file.Digests;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The actions unpack, archive and restore. */
class ArchivesTest {
    @TempDir
    Path dir;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(dir);
    }

    private interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private Path tar(String name, boolean gzip, Entries entries) throws IOException {
        Path file = dir.resolve(name);
        OutputStream raw = Files.newOutputStream(file);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip ? new GZIPOutputStream(raw) : raw)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            entries.write(tar);
        }
        return file;
    }

    private static void add(TarArchiveOutputStream tar, String name, int mode, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, byte kind, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void release(TarArchiveOutputStream tar) throws IOException {
        add(tar, "./bin/run", 0755, "#!/bin/sh\n");
        add(tar, "lib/" + "long-name-".repeat(15) + ".txt", 0640, "long");
        link(tar, "lib/current", TarConstants.LF_SYMLINK, "../bin/run");
        link(tar, "lib/same", TarConstants.LF_LINK, "bin/run");
    }

    private Work.Unpack unpack(Path from) {
        return new Work.Unpack(from.toString(), "${root}/releases/1.2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unpacksATarWithModesAndLinks(boolean gzip) throws ActionFailure, IOException, InterruptedException {
        Path file = tar("release", gzip, ArchivesTest::release);
        bench.perform(unpack(file));
        Path to = dir.resolve("releases/1.2");
        assertThat(Files.getPosixFilePermissions(to.resolve("bin/run")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Files.readSymbolicLink(to.resolve("lib/current"))).isEqualTo(Path.of("../bin/run"));
        assertThat(to.resolve("lib/same")).hasContent("#!/bin/sh");
        assertThat(to.resolve(".rota-artifact")).hasContent(Digests.of(file));
        assertThat(names(dir.resolve("releases"))).containsExactly("1.2");
    }

    @Test
    void unpacksAZipWithModesAndLinks() throws ActionFailure, IOException, InterruptedException {
        Path file = dir.resolve("release.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            ZipArchiveEntry run = new ZipArchiveEntry("bin/run");
            run.setUnixMode(0100755);
            zip.putArchiveEntry(run);
            zip.write("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
            ZipArchiveEntry link = new ZipArchiveEntry("current");
            link.setUnixMode(0120777);
            zip.putArchiveEntry(link);
            zip.write("bin/run".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        bench.perform(unpack(file));
        Path to = dir.resolve("releases/1.2");
        assertThat(Files.isExecutable(to.resolve("bin/run"))).isTrue();
        assertThat(Files.readSymbolicLink(to.resolve("current"))).isEqualTo(Path.of("bin/run"));
    }

    @Test
    void unpackingAgainChangesNothing() throws ActionFailure, IOException, InterruptedException {
        Path file = tar("release", true, ArchivesTest::release);
        bench.perform(unpack(file));
        Path to = dir.resolve("releases/1.2");
        Files.writeString(to.resolve("made-by-product"), "x");
        bench.perform(unpack(file));
        assertThat(to.resolve("made-by-product")).exists();
        Path other = tar("other", true, tar -> add(tar, "only", 0644, "x"));
        bench.perform(unpack(other));
        assertThat(names(to)).containsExactly(".rota-artifact", "only");
        assertThat(names(dir.resolve("releases"))).containsExactly("1.2");
    }

    @Test
    void doesNotReplaceADirectoryThatIsNotItsOwn() throws Exception {
        Path file = tar("release", true, ArchivesTest::release);
        Files.createDirectories(dir.resolve("releases/1.2"));
        assertFails(unpack(file), Code.BAD_PATH, "was not unpacked by Rota");
    }

    @Test
    void sweepsWhatAnEarlierTryLeft() throws ActionFailure, IOException, InterruptedException {
        Path file = tar("release", true, ArchivesTest::release);
        Path left = Files.createDirectories(dir.resolve("releases/.1.2.rota-12345678/bin"));
        Files.writeString(left.resolve("half"), "x");
        bench.perform(unpack(file));
        assertThat(names(dir.resolve("releases"))).containsExactly("1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/../../out", "/tmp/rota-test-out", "a/b/../../../out"})
    void refusesNamesThatReachOutside(String name) throws Exception {
        Path file = tar("evil", true, tar -> add(tar, name, 0644, "x"));
        assertFails(unpack(file), Code.BAD_ARCHIVE, "reaches outside");
        assertThat(dir.resolve("releases/out")).doesNotExist();
        assertThat(names(dir.resolve("releases"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../x", "a/../../x"})
    void refusesLinksThatLeadOutside(String target) throws Exception {
        Path file = tar("evil", true, tar -> link(tar, "out", TarConstants.LF_SYMLINK, target));
        assertFails(unpack(file), Code.BAD_ARCHIVE, "leads outside");
    }

    @Test
    void refusesToWriteThroughALink() throws Exception {
        Path file = tar("evil", true, tar -> {
            add(tar, "real/x", 0644, "x");
            link(tar, "alias", TarConstants.LF_SYMLINK, "real");
            add(tar, "alias/y", 0644, "y");
        });
        assertFails(unpack(file), Code.BAD_ARCHIVE, "goes through the link");
    }

    @Test
    void refusesHardLinksToWhatIsNotThere() throws Exception {
        Path file = tar("evil", true, tar -> link(tar, "same", TarConstants.LF_LINK, "nothing"));
        assertFails(unpack(file), Code.BAD_ARCHIVE, "no earlier file");
    }

    @Test
    void refusesDevices() throws Exception {
        Path file = tar("evil", true, tar -> {
            tar.putArchiveEntry(new TarArchiveEntry("device", TarConstants.LF_CHR));
            tar.closeArchiveEntry();
        });
        assertFails(unpack(file), Code.BAD_ARCHIVE, "neither file, directory nor link");
    }

    @Test
    void leavesOutWhatGivesAProgramItsOwnersRights() throws ActionFailure, IOException, InterruptedException {
        Path file = tar("setuid", true, tar -> add(tar, "su", 04755, "x"));
        bench.perform(unpack(file));
        assertThat((int) Files.getAttribute(dir.resolve("releases/1.2/su"), "unix:mode") & 07777)
                .isEqualTo(0755);
    }

    @Test
    void refusesDamagedAndStrangeFiles() throws Exception {
        Path good = tar("good.tar.gz", true, tar -> add(tar, "a", 0644, "content ".repeat(10_000)));
        byte[] bytes = Files.readAllBytes(good);
        Path cut = Files.write(dir.resolve("cut.tar.gz"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> bench.perform(unpack(cut))).isInstanceOf(ActionFailure.class);
        Path text = Files.writeString(dir.resolve("text"), "this is no archive");
        assertThatThrownBy(() -> bench.perform(unpack(text)))
                .isInstanceOfSatisfying(
                        ActionFailure.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_ARCHIVE));
        assertThat(names(dir.resolve("releases"))).isEmpty();
    }

    @Test
    void keepsTheDiskFloor() throws Exception {
        bench = new Bench(dir, java.util.Optional.empty(), Bench.nowhere(), Long.MAX_VALUE / 2);
        Path file = tar("release", true, ArchivesTest::release);
        assertFails(unpack(file), Code.DISK_FULL, "disk_floor");
        assertThat(names(dir.resolve("releases"))).isEmpty();
    }

    @Test
    void archivesListsAndVerifies() throws ActionFailure, IOException, InterruptedException {
        product();
        Done done = bench.perform(archive("${root}/data", "${root}/config.yml"));
        Path file = dir.resolve("backup/b.tar.gz");
        assertThat(done.facts())
                .containsEntry("backup.path", file.toString())
                .containsEntry("backup.sha256", Digests.of(file))
                .containsEntry("backup.bytes", Long.toString(Files.size(file)))
                .containsEntry("backup.files", "3")
                .containsEntry("backup.verified", "true");
        assertThat(Files.readString(dir.resolve("backup/b.tar.gz.sha256")))
                .isEqualTo(Digests.of(file) + "  b.tar.gz\n");
        assertThat(names(dir.resolve("backup"))).containsExactly("b.tar.gz", "b.tar.gz.sha256");
    }

    @Test
    void restoresWhatWasArchived() throws ActionFailure, IOException, InterruptedException {
        product();
        Files.setPosixFilePermissions(dir.resolve("data"), PosixFilePermissions.fromString("r-xr-x---"));
        bench.perform(archive("${root}/data", "${root}/config.yml"));
        Files.setPosixFilePermissions(dir.resolve("data"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.writeString(dir.resolve("data/table"), "damaged");
        Files.writeString(dir.resolve("data/extra"), "of the new release");
        Files.delete(dir.resolve("config.yml"));
        bench.perform(new Work.Restore("${root}/backup/b.tar.gz", "${root}"));
        assertThat(dir.resolve("data/table")).hasContent("rows");
        assertThat(dir.resolve("data/extra")).doesNotExist();
        assertThat(dir.resolve("config.yml")).hasContent("setting: 1");
        assertThat(Files.readSymbolicLink(dir.resolve("data/latest"))).isEqualTo(Path.of("table"));
        assertThat(Files.getPosixFilePermissions(dir.resolve("data")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(Files.getPosixFilePermissions(dir.resolve("data/secret")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(names(dir)).doesNotContain(".rota-manifest");
    }

    @Test
    void restoresThroughALinkWithoutReplacingIt() throws ActionFailure, IOException, InterruptedException {
        product();
        bench.perform(archive("${root}/data"));
        Files.move(dir.resolve("data"), dir.resolve("elsewhere"));
        Files.createSymbolicLink(dir.resolve("data"), Path.of("elsewhere"));
        Files.writeString(dir.resolve("elsewhere/table"), "damaged");
        bench.perform(new Work.Restore("${root}/backup/b.tar.gz", "${root}"));
        assertThat(Files.readSymbolicLink(dir.resolve("data"))).isEqualTo(Path.of("elsewhere"));
        assertThat(dir.resolve("elsewhere/table")).hasContent("rows");
    }

    @Test
    void refusesADamagedBackup() throws ActionFailure, IOException, InterruptedException {
        product();
        bench.perform(archive("${root}/data"));
        Path file = dir.resolve("backup/b.tar.gz");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Files.writeString(dir.resolve("data/table"), "as it is now");
        assertFails(new Work.Restore(file.toString(), "${root}"), Code.DIGEST_MISMATCH, "instead of");
        assertThat(dir.resolve("data/table")).hasContent("as it is now");
    }

    @Test
    void anArchiveMustBeWhole() throws Exception {
        product();
        assertFails(archive("${root}/data", "${root}/none"), Code.BAD_PATH, "is not there to be archived");
        bench.file("other/data", "x");
        assertFails(archive("${root}/data", "${root}/other/data"), Code.BAD_PATH, "two paths");
        assertFails(
                new Work.Archive(List.of("${root}/data"), "${root}/data/b.tar.gz"), Code.BAD_PATH, "would be inside");
    }

    private void product() throws IOException {
        bench.file("data/table", "rows");
        bench.file("data/secret", "x".repeat(100_000));
        Files.setPosixFilePermissions(dir.resolve("data/secret"), PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(dir.resolve("data/latest"), Path.of("table"));
        Files.createDirectory(dir.resolve("data/empty"));
        bench.file("config.yml", "setting: 1");
    }

    private static Work.Archive archive(String... paths) {
        return new Work.Archive(List.of(paths), "${root}/backup/b.tar.gz");
    }

    private void assertFails(Work work, Code code, String message) {
        assertThatThrownBy(() -> bench.perform(work))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        ActionFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static List<String> names(Path directory) throws IOException {
        if (!Trees.exists(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        }
    }
}

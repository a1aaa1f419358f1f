package dev.rota.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.agent.action.Places;
import dev.rota.contract.Phase;
import dev.rota.wire.agent.v1.Backup;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    private static final Instant T0 = Instant.parse("2026-01-05T22:00:00Z");

    @TempDir
    Path data;

    private int made;

    private static RunStep order(String rollout, String phase) {
        return RunStep.newBuilder()
                .setId(StepId.newBuilder()
                        .setRolloutId(rollout)
                        .setNode("n1")
                        .setPhase(phase)
                        .setAttempt(1))
                .putValues("hop.id", rollout + ".1")
                .putValues("release.previous", "1.0")
                .build();
    }

    private Path backUp(Backups backups, String rollout) throws IOException {
        Path directory = Files.createDirectories(data.resolve("backups/" + rollout + ".1/n1"));
        Path archive = Files.writeString(directory.resolve("b.tar.gz"), "saved");
        Map<String, String> facts = Map.of(
                "backup.path", archive.toString(),
                "backup.sha256", "ab".repeat(32),
                "backup.bytes", "5",
                "backup.files", "2",
                "backup.verified", "true");
        backups.done(order(rollout, "backup"), Phase.BACKUP, facts, T0.plusSeconds(made++));
        return archive;
    }

    @Test
    void aBackupTheRecipeKeepsElsewhereIsListed() throws IOException {
        Backups backups = new Backups(new Places(data), 3);
        Path archive = Files.writeString(data.resolve("elsewhere.tar.gz"), "saved");
        Map<String, String> facts =
                Map.of("backup.path", archive.toString(), "backup.sha256", "ab".repeat(32), "backup.bytes", "5");
        backups.done(order("chat-1", "backup"), Phase.BACKUP, facts, T0);
        assertThat(backups.list(1).getBackupsList()).singleElement().satisfies(b -> {
            assertThat(b.getPath()).isEqualTo(archive.toString());
            assertThat(b.getProblem()).isEmpty();
        });
    }

    private static List<String> hops(Backups backups) {
        return backups.list(1).getBackupsList().stream().map(Backup::getHop).toList();
    }

    @Test
    void whatIsSavedIsListedNewestFirstAlsoByTheNextProcess() throws IOException {
        Backups backups = new Backups(new Places(data), 3);
        backUp(backups, "chat-1");
        Path newer = backUp(backups, "chat-2");

        Backups next = new Backups(new Places(data), 3);
        assertThat(hops(next)).containsExactly("chat-2.1", "chat-1.1");
        Backup first = next.list(7).getBackups(0);
        assertThat(first.getRollout()).isEqualTo("chat-2");
        assertThat(first.getNode()).isEqualTo("n1");
        assertThat(first.getVersion()).isEqualTo("1.0");
        assertThat(first.getPath()).isEqualTo(newer.toString());
        assertThat(first.getSha256()).isEqualTo("ab".repeat(32));
        assertThat(first.getSizeBytes()).isEqualTo(5);
        assertThat(first.getFiles()).isEqualTo(2);
        assertThat(first.getVerified()).isTrue();
        assertThat(first.getProblem()).isEmpty();
        assertThat(next.list(7).getRequestId()).isEqualTo(7);
    }

    @Test
    void theListSaysWhatIsGoneOrAnotherSize() throws IOException {
        Backups backups = new Backups(new Places(data), 3);
        Files.delete(backUp(backups, "chat-1"));
        Files.writeString(backUp(backups, "chat-2"), "longer than before");
        assertThat(backups.list(1).getBackupsList())
                .extracting(Backup::getProblem)
                .containsExactly("the archive has 18 bytes, and had 5", "the archive is gone");
    }

    @Test
    void aRecordThatIsBrokenHidesNoOther() throws IOException {
        Backups backups = new Backups(new Places(data), 3);
        backUp(backups, "chat-1");
        backUp(backups, "chat-2");
        Files.write(data.resolve("backups/chat-1.1/.made-n1"), new byte[] {-1, -1});
        assertThat(hops(backups)).containsExactly("chat-2.1");
        assertThat(backups.list(1).getProblemsList()).singleElement().asString().contains("chat-1.1/.made-n1");
    }

    @Test
    void aCleanupKeepsTheNewest() throws IOException {
        Backups backups = new Backups(new Places(data), 2);
        for (int i = 1; i <= 5; i++) {
            backUp(backups, "chat-" + i);
        }
        backups.done(order("chat-5", "cleanup"), Phase.CLEANUP, Map.of(), T0);
        assertThat(hops(backups)).containsExactly("chat-5.1", "chat-4.1");
        try (var left = Files.list(data.resolve("backups"))) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void aCleanupKeepsWhatTheRolloutUnderWayHasSavedOrGoesBackTo() throws IOException {
        Backups backups = new Backups(new Places(data), 1);
        for (int i = 1; i <= 4; i++) {
            backUp(backups, "chat-" + i);
        }
        RunStep cleanup =
                order("chat-3", "cleanup").toBuilder().addKeepBackups("chat-1").build();
        backups.done(cleanup, Phase.CLEANUP, Map.of(), T0);
        assertThat(hops(backups)).containsExactly("chat-4.1", "chat-3.1", "chat-1.1");
    }

    @Test
    void whatNobodyRecordedStays() throws IOException {
        Backups backups = new Backups(new Places(data), 1);
        Path old = Files.createDirectories(data.resolve("backups/chat-0.1/n1"));
        backUp(backups, "chat-1");
        backUp(backups, "chat-2");
        backups.done(order("chat-2", "cleanup"), Phase.CLEANUP, Map.of(), T0);
        assertThat(old).exists();
        assertThat(hops(backups)).containsExactly("chat-2.1");
    }
}

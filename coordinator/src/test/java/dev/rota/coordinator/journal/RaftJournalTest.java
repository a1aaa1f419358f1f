package dev.rota.coordinator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.NotLeaderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftJournalTest {
    @TempDir
    Path temporary;

    private final List<RaftJournal> journals = new ArrayList<>();

    @AfterEach
    void closeAll() {
        journals.forEach(RaftJournal::close);
    }

    @Test
    void anAppendCompletesAfterTheEntryWasHandedOver() throws Exception {
        RecordingListener listener = new RecordingListener();
        RaftJournal journal = start(temporary, listener);

        long first = append(journal, "one");
        assertThat(listener.entries).containsExactly("one");
        long second = append(journal, "two");

        assertThat(listener.entries).containsExactly("one", "two");
        assertThat(listener.indices).containsExactly(first, second);
        assertThat(second).isGreaterThan(first);
        assertThat(journal.committedIndex()).isEqualTo(second);
    }

    @Test
    void aSingleMemberLeadsAfterItsStart() throws Exception {
        RecordingListener listener = new RecordingListener();
        RaftJournal journal = start(temporary, listener);

        assertThat(journal.leader()).isTrue();
        assertThat(journal.leaderName()).isEqualTo("one");
        assertThat(journal.term()).isPositive();
        assertThat(listener.leaderships).containsExactly("true in term " + journal.term() + " after 0 entries");
    }

    @Test
    void aRestartReplaysEverythingBeforeItLeadsInAHigherTerm() throws Exception {
        RaftJournal before = start(temporary, new RecordingListener());
        append(before, "one");
        append(before, "two");
        before.close();

        RecordingListener listener = new RecordingListener();
        RaftJournal after = start(temporary, listener);

        assertThat(after.term()).isGreaterThan(before.term());
        assertThat(listener.entries).containsExactly("one", "two");
        assertThat(listener.leaderships).containsExactly("true in term " + after.term() + " after 2 entries");
        append(after, "three");
        assertThat(listener.entries).containsExactly("one", "two", "three");
        assertThat(listener.indices).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void entriesKeepTheirIndicesAcrossRestarts() throws Exception {
        RecordingListener before = new RecordingListener();
        RaftJournal journal = start(temporary, before);
        append(journal, "one");
        append(journal, "two");
        journal.close();

        RecordingListener after = new RecordingListener();
        start(temporary, after);

        assertThat(after.indices).isEqualTo(before.indices);
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        RaftJournal killed = start(temporary.resolve("killed"), new RecordingListener());
        List<String> texts =
                IntStream.range(0, 1000).mapToObj(i -> "entry " + i).toList();
        List<CompletableFuture<Long>> appends = texts.stream()
                .map(text -> killed.append(bytes(text)).toCompletableFuture())
                .toList();
        CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)).join();

        // The files as they are while the journal runs are what a kill leaves behind.
        copy(temporary.resolve("killed"), temporary.resolve("copy"));
        RecordingListener listener = new RecordingListener();
        start(temporary.resolve("copy"), listener);

        assertThat(listener.entries).isEqualTo(texts);
    }

    @Test
    void aDirectoryInUseIsRefused() throws Exception {
        start(temporary, new RecordingListener());

        assertThatThrownBy(() -> start(temporary, new RecordingListener()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("in use by another process");
    }

    @Test
    void withoutTheTermOfItsRecordsNothingStarts() throws Exception {
        RaftJournal before = start(temporary, new RecordingListener());
        append(before, "one");
        before.close();
        Files.write(temporary.resolve("term"), new byte[0]);

        assertThatThrownBy(() -> start(temporary, new RecordingListener()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("term: the file is missing or empty beside records");

        Files.delete(temporary.resolve("term"));
        assertThatThrownBy(() -> start(temporary, new RecordingListener()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("term: the file is missing or empty beside records");
    }

    @Test
    void aFlippedBitStopsTheReplay() throws Exception {
        RaftJournal before = start(temporary, new RecordingListener());
        append(before, "one");
        append(before, "two");
        before.close();
        flipBit(temporary.resolve("records"), "one");

        RecordingListener listener = new RecordingListener();
        assertThatThrownBy(() -> start(temporary, listener))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("damaged (checksum)")
                .hasMessageContaining("restore the journal directory from a backup");
        assertThat(listener.entries).isEmpty();
    }

    @Test
    void aListenerThatThrowsStopsTheJournal() throws Exception {
        RecordingListener listener = new RecordingListener() {
            @Override
            public void committed(long index, byte[] entry) {
                if (new String(entry, StandardCharsets.UTF_8).equals("poison")) {
                    throw new IllegalStateException("cannot apply this");
                }
                super.committed(index, entry);
            }
        };
        RaftJournal journal = start(temporary, listener);
        append(journal, "one");

        assertThatThrownBy(() -> append(journal, "poison"))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue())
                .hasMessageContaining("cannot apply this");
        await().untilAsserted(() -> assertThat(listener.halted()).isPresent());
        assertThat(journal.leader()).isFalse();
        assertThatThrownBy(() -> append(journal, "two"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("has stopped");
        assertThat(listener.entries).containsExactly("one");
    }

    @Test
    void aFullDiskStopsTheJournalAndNothingAcknowledgedIsLost() throws Exception {
        SimDisk disk = new SimDisk(new Random(1));
        RecordingListener listener = new RecordingListener();
        RaftJournal journal = start(on(disk), listener);
        append(journal, "one");
        disk.fill();

        assertThatThrownBy(() -> append(journal, "two"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("No space left on device");
        await().untilAsserted(() -> assertThat(listener.halted()).isPresent());
        assertThat(journal.leader()).isFalse();
        assertThatThrownBy(() -> append(journal, "three")).hasMessageContaining("has stopped");
        journal.close();

        disk.repair();
        RecordingListener after = new RecordingListener();
        append(start(on(disk), after), "four");
        assertThat(after.entries).containsExactly("one", "four");
    }

    @Test
    void whatCannotBeMadeDurableIsNotAcknowledged() throws Exception {
        SimDisk disk = new SimDisk(new Random(1));
        RecordingListener listener = new RecordingListener();
        RaftJournal journal = start(on(disk), listener);
        disk.failSync();

        assertThatThrownBy(() -> append(journal, "one")).hasMessageContaining("Input/output error");
        await().untilAsserted(() -> assertThat(listener.halted()).isPresent());
        assertThat(listener.entries).isEmpty();
    }

    @Test
    void aClosedJournalRefusesAppends() throws Exception {
        RaftJournal journal = start(temporary, new RecordingListener());
        journal.close();

        assertThatThrownBy(() -> append(journal, "two"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("not open");
        assertThat(journal.leader()).isFalse();
    }

    @Test
    void aFullJournalRefusesAppendsAndKeepsWhatItHas() throws Exception {
        RecordingListener listener = new RecordingListener();
        RaftJournal journal = start(limited(small(0)), listener);
        append(journal, "x".repeat(900));
        append(journal, "x".repeat(900));

        assertThatThrownBy(() -> append(journal, "x".repeat(900)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("full");
        assertThatThrownBy(() -> append(journal, "x".repeat(1001))).hasMessageContaining("bigger than 1000");
        assertThat(listener.entries).hasSize(2);
        assertThat(journal.leader()).isTrue();
    }

    @Test
    void aShortDiskRefusesAppends() throws Exception {
        RaftJournal journal = start(limited(small(Long.MAX_VALUE)), new RecordingListener());

        assertThatThrownBy(() -> append(journal, "one"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("free some space");
    }

    @Test
    void nothingIsAppendedBeforeTheStart() {
        RaftJournal journal = new RaftJournal(temporary, "one", Optional.empty());

        assertThatThrownBy(() -> append(journal, "one")).isInstanceOf(JournalException.class);
        assertThat(journal.leaderName()).isEmpty();
        assertThat(new NotLeaderException("two")).hasMessageContaining("the leader is two");
    }

    private RaftJournal limited(JournalLimits limits) {
        return new RaftJournal(
                temporary, "one", Optional.empty(), limits, directory -> new DiskFiles(directory.path()));
    }

    private static JournalLimits small(long floor) {
        return new JournalLimits(1000, 4000, 1 << 20, 2500, floor, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /** A journal of one member on a disk that is kept. */
    private RaftJournal on(SimDisk disk) {
        return new RaftJournal(temporary, "one", Optional.empty(), JournalLimits.DEFAULT, directory -> disk);
    }

    private RaftJournal start(Path directory, RecordingListener listener) throws JournalException {
        return start(new RaftJournal(directory, "one", Optional.empty()), listener);
    }

    private RaftJournal start(RaftJournal journal, RecordingListener listener) throws JournalException {
        journals.add(journal);
        journal.start(listener);
        return journal;
    }

    /** Waits; every append ends within the journal's own time limit. */
    private static long append(RaftJournal journal, String text) throws JournalException {
        try {
            return journal.append(bytes(text)).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void flipBit(Path file, String text) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int at = new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
        content[at] ^= 1;
        Files.write(file, content);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(file.getFileName()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

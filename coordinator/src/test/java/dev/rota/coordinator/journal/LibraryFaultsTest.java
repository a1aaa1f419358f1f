package dev.rota.coordinator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jgroups.Address;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.FileBasedLog;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.util.ExtendedUUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library's own classes (1.1.4.Final) get wrong, each beside what stands in their place here. */
class LibraryFaultsTest {
    private static final Address LEADER = ExtendedUUID.randomUUID("leader");

    @TempDir
    Path directory;

    @Test
    void afterASnapshotFromTheLeaderTheLibraryForgetsItsLogAtTheNextStart() throws Exception {
        FileBasedLog before = library();
        before.append(1, entries(1, "one"));
        before.setSnapshot(ByteBuffer.wrap(bytes("state")));
        before.reinitializeTo(50, new LogEntry(3, new byte[0]));
        before.append(51, entries(3, "after"));
        before.close();
        FileBasedLog after = library();
        assertThat(after.lastAppended()).as("the library").isLessThan(51);
        after.close();

        SimDisk disk = new SimDisk(new Random(1));
        try (RecordLog log = RecordLog.open(disk, 1000)) {
            log.vote(3, null);
            log.append(List.of(record(1, "one")));
            log.install(new Snapshot(50, 3, Roster.NONE, bytes("state")));
            log.append(List.of(record(3, "after")));
        }
        disk.powerLoss();
        try (RecordLog log = RecordLog.open(disk, 1000)) {
            assertThat(log.last()).isEqualTo(51);
            assertThat(log.term(50)).isEqualTo(3);
            assertThat(log.snapshotIndex()).isEqualTo(50);
        }
    }

    @Test
    void theLibrarysSnapshotDoesNotSayWhatItContains() throws Exception {
        FileBasedLog before = library();
        before.append(1, entries(1, "one", "two"));
        before.commitIndex(2);
        before.setSnapshot(ByteBuffer.wrap(bytes("state after two")));
        // A crash comes before the log is cut.
        before.close();
        FileBasedLog after = library();
        assertThat(after.getSnapshot()).isNotNull();
        assertThat(after.get(1))
                .as("the library applies it again, on top of the snapshot")
                .isNotNull();
        assertThat(after.firstAppended()).isLessThan(2);
        after.close();
    }

    @Test
    void aCrashAnywhereInASnapshotLeavesEveryEntryOnceAndInOrder() throws IOException {
        boolean finished = false;
        for (int operations = 0; !finished; operations++) {
            for (boolean installed : new boolean[] {false, true}) {
                SimDisk disk = new SimDisk(new Random(operations));
                RecordLog log = RecordLog.open(disk, 100);
                log.vote(1, null);
                for (int i = 1; i <= 10; i++) {
                    log.append(List.of(record(1, "entry " + i)));
                    log.commit(i);
                }
                disk.cutAfter(operations);
                Snapshot snapshot = new Snapshot(installed ? 12 : 7, 1, Roster.NONE, bytes("snapshot"));
                try {
                    if (installed) {
                        log.install(snapshot);
                    } else {
                        log.save(snapshot);
                    }
                    finished = installed;
                } catch (IOException power) {
                    finished = false;
                }
                disk.powerLoss();
                try (RecordLog after = RecordLog.open(disk, 100)) {
                    long base = after.snapshotIndex();
                    assertThat(base).as("after %d operations", operations).isIn(0L, snapshot.index());
                    assertThat(after.last()).isEqualTo(Math.max(10, base));
                    for (long i = base + 1; i <= after.last(); i++) {
                        assertThat(new String(after.read(i).payload(), StandardCharsets.UTF_8))
                                .isEqualTo("entry " + i);
                    }
                }
            }
        }
    }

    @Test
    void theLibraryReadsAFlippedBitAsIfItHadBeenWritten() throws Exception {
        FileBasedLog before = library();
        before.append(1, entries(1, "pay 10 to ann"));
        before.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                int at = new String(content, StandardCharsets.ISO_8859_1).indexOf("10 to ann");
                if (at >= 0) {
                    content[at] ^= 8;
                    Files.write(file, content);
                }
            }
        }
        FileBasedLog after = library();
        assertThat(new String(after.get(1).command(), StandardCharsets.UTF_8))
                .as("the library")
                .isEqualTo("pay 90 to ann");
        after.close();

        SimDisk disk = new SimDisk(new Random(1));
        try (RecordLog log = RecordLog.open(disk, 1000)) {
            log.vote(1, null);
            log.append(List.of(record(1, "pay 10 to ann")));
            log.commit(1);
        }
        int bit = 8 * new String(disk.bytes("records"), StandardCharsets.ISO_8859_1).indexOf("10 to ann") + 3;
        disk.flip("records", bit);
        assertThatThrownBy(() -> RecordLog.open(disk, 1000))
                .isInstanceOf(DamagedJournalException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void theLibraryAcknowledgesRecordsItDoesNotHave() throws Exception {
        RAFT library = new RAFT().raftId("f").members(List.of("f", "leader")).log(new InMemoryLog());
        library.log().init("in-memory-" + directory, Map.of());
        library.maxLogSize(Long.MAX_VALUE);
        library.impl().handleAppendEntriesRequest(entries(1, "a", "b of another leader"), LEADER, 0, 0, 1, 0);
        LogEntries resent = entries(1, "a").add(new LogEntry(2, bytes("b")));

        AppendResult answer = library.impl().handleAppendEntriesRequest(resent, LEADER, 0, 0, 1, 0);

        assertThat(answer.success() && answer.index() == 2)
                .as("the library says it has record 2")
                .isTrue();
        assertThat(library.log().get(2).term()).as("and has another one").isEqualTo(1);
    }

    @Test
    void whatIsAcknowledgedIsTheLeadersAlsoBehindTheFirstRecordOfAMessage() throws IOException {
        Map<String, List<Rpc>> sent = new TreeMap<>();
        try (RecordLog log = RecordLog.open(new SimDisk(new Random(1)), 1000)) {
            Replication follower = new Replication("f", log, new Quiet(sent), 300);
            follower.appended(
                    "l", new Rpc.Append(1, 0, 0, 0, List.of(record(1, "a"), record(1, "b of another leader"))));

            follower.appended("l", new Rpc.Append(2, 0, 0, 0, List.of(record(1, "a"), record(2, "b"))));

            assertThat(sent.get("l")).last().isEqualTo(new Rpc.Reply(2, true, 2, 0));
            assertThat(log.term(2)).isEqualTo(2);
        }
    }

    @Test
    void aSnapshotLeavesWhatIsAcknowledgedBehindIt() throws IOException {
        Map<String, List<Rpc>> sent = new TreeMap<>();
        try (RecordLog log = RecordLog.open(new SimDisk(new Random(1)), 1000)) {
            Quiet member = new Quiet(sent);
            Replication follower = new Replication("f", log, member, 300);
            follower.appended(
                    "l",
                    new Rpc.Append(1, 0, 0, 0, List.of(record(1, "a"), record(1, "b"), record(1, "acknowledged"))));

            follower.installed("l", new Rpc.Install(2, new Snapshot(2, 1, Roster.NONE, bytes("state"))));

            assertThat(log.last()).isEqualTo(3);
            assertThat(member.applied).containsExactly("a", "b");
            assertThat(sent.get("l")).last().isEqualTo(new Rpc.Reply(2, true, 2, 2));
        }
    }

    @Test
    void aRecordOfAnEarlierTermIsNotCommittedByCountingReplicas() throws IOException {
        Map<String, List<Rpc>> sent = new TreeMap<>();
        try (RecordLog log = RecordLog.open(new SimDisk(new Random(1)), 1000)) {
            log.append(List.of(record(1, "committed"), record(2, "of an earlier term")));
            Quiet member = new Quiet(sent);
            Replication leader = new Replication("l", log, member, 300);
            leader.lead(4, Set.of("a", "b"));

            leader.answered("a", new Rpc.Reply(4, true, 2, 0), 1);
            leader.answered("b", new Rpc.Reply(4, true, 2, 0), 1);
            assertThat(member.applied).isEmpty();

            leader.propose(List.of(bytes("mark of term 4")), 2);
            leader.answered("a", new Rpc.Reply(4, true, 3, 0), 3);
            assertThat(member.applied).containsExactly("committed", "of an earlier term", "mark of term 4");
        }
    }

    @Test
    void whatIsSentAtOnceIsBounded() throws IOException {
        Map<String, List<Rpc>> sent = new TreeMap<>();
        try (RecordLog log = RecordLog.open(new SimDisk(new Random(1)), 1 << 20)) {
            for (int i = 0; i < 100; i++) {
                log.append(Collections.nCopies(100, record(1, "x".repeat(1000))));
            }
            Replication leader = new Replication("l", log, new Quiet(sent), 300);
            leader.lead(2, Set.of("a"));
            leader.tick(1);
            leader.answered("a", new Rpc.Reply(2, false, 0, 0), 2);
            leader.answered("a", new Rpc.Reply(2, true, 0, 0), 3);
            leader.tick(4);
        }
        long most = Objects.requireNonNull(sent.get("a")).stream()
                .filter(Rpc.Append.class::isInstance)
                .mapToLong(m -> ((Rpc.Append) m).records().size())
                .sum();
        assertThat(most).isPositive().isLessThan(3000);
    }

    private FileBasedLog library() throws Exception {
        FileBasedLog log = new FileBasedLog();
        log.init(directory.resolve("library").toString(), Map.of());
        return log;
    }

    private static LogEntries entries(long term, String... texts) {
        LogEntries all = new LogEntries();
        for (String text : texts) {
            all.add(new LogEntry(term, bytes(text)));
        }
        return all;
    }

    private static LogRecord record(long term, String text) {
        return new LogRecord(term, bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Remembers what is sent and applied. */
    private static final class Quiet implements Replication.Member {
        private final Map<String, List<Rpc>> sent;
        private final List<String> applied = new ArrayList<>();

        Quiet(Map<String, List<Rpc>> sent) {
            this.sent = sent;
        }

        @Override
        public List<String> voters() {
            return List.of("a", "b", "l");
        }

        @Override
        public boolean confirms(String voter) {
            return true;
        }

        @Override
        public void send(String to, Rpc message) {
            sent.computeIfAbsent(to, k -> new ArrayList<>()).add(message);
        }

        @Override
        public void appended(long index, LogRecord record) {}

        @Override
        public void cut(long index) {}

        @Override
        public void apply(long index, LogRecord record) {
            applied.add(new String(record.payload(), StandardCharsets.UTF_8));
        }

        @Override
        public void restore(Snapshot snapshot) {}
    }
}

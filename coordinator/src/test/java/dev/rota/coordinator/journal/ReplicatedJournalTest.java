package dev.rota.coordinator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rota.coordinator.port.Journal.Member;
import dev.rota.coordinator.port.Journal.Role;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.NotLeaderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicatedJournalTest {
    private static final String[] THREE = {"c1", "c2", "c3"};

    @TempDir
    Path temporary;

    private JournalCluster cluster;

    @BeforeEach
    void prepare() throws IOException {
        cluster = new JournalCluster(temporary, THREE);
    }

    @AfterEach
    void closeAll() {
        cluster.close();
    }

    @Test
    void whatOneLeaderAcknowledgesTheNextOneHasAndAllBecomeTheSame() throws Exception {
        cluster.startAll();
        RaftJournal first = cluster.leader();
        cluster.append("one");
        cluster.awaitEntries(List.of("one"), THREE);
        String other = cluster.followers().get(0);
        assertThatThrownBy(() -> JournalCluster.answer(cluster.get(other).append(bytes("two"))))
                .isInstanceOfSatisfying(
                        NotLeaderException.class, e -> assertThat(e.leader()).isEqualTo(cluster.name(first)));

        String stopped = cluster.name(first);
        cluster.stop(stopped);
        cluster.append("two");
        assertThat(cluster.leader().term()).isGreaterThan(first.term());

        cluster.start(stopped);
        cluster.append("three");
        cluster.awaitEntries(List.of("one", "two", "three"), THREE);
    }

    @Test
    void withoutAMajorityNothingIsAcknowledgedNorConfirmedAndNothingIsLostLater() throws Exception {
        cluster.startAll();
        cluster.append("one");
        RaftJournal leader = cluster.leader();
        List<String> others = cluster.followers();
        others.forEach(cluster::stop);

        assertThatThrownBy(() -> JournalCluster.answer(leader.append(bytes("alone"))))
                .isInstanceOf(JournalException.class);
        assertThatThrownBy(() -> JournalCluster.answer(leader.barrier())).isInstanceOf(JournalException.class);
        await().atMost(JournalCluster.patience()).until(() -> !leader.leader());

        for (String name : others) {
            cluster.start(name);
        }
        cluster.append("two");
        await().atMost(JournalCluster.patience())
                .until(() -> Stream.of(THREE)
                                .map(n -> cluster.listener(n).entries)
                                .distinct()
                                .count()
                        == 1);
        assertThat(cluster.listener("c1").entries).startsWith("one").endsWith("two");
    }

    @Test
    void membersSayWhoLeadsAndWhoLags() throws Exception {
        cluster.startAll();
        RaftJournal leader = cluster.leader();
        cluster.append("one");
        cluster.awaitEntries(List.of("one"), THREE);
        await().atMost(JournalCluster.patience())
                .until(() -> leader.members().stream()
                        .allMatch(m -> m.connected() && m.behind().orElse(0) == 0));

        assertThat(leader.members()).extracting(Member::name).containsExactly(THREE);
        assertThat(leader.members())
                .extracting(Member::role)
                .containsOnlyOnce(Role.LEADER)
                .contains(Role.FOLLOWER);
        String gone = cluster.followers().get(0);
        cluster.stop(gone);
        await().atMost(JournalCluster.patience())
                .until(() -> leader.members().stream().anyMatch(m -> m.name().equals(gone) && !m.connected()));
    }

    @Test
    void aLeaderThatStepsDownIsFollowedByAnother() throws Exception {
        cluster.startAll();
        cluster.append("one");
        RaftJournal first = cluster.leader();

        JournalCluster.answer(first.stepDown());

        await().atMost(JournalCluster.patience()).until(() -> !cluster.leader().equals(first));
        cluster.append("two");
        cluster.awaitEntries(List.of("one", "two"), THREE);
        assertThat(cluster.leader()).isNotEqualTo(first);
    }

    /** Each may be holding an election when it is closed, among members that do not answer any more. */
    @Test
    void noElectionGoesOnOnceAllAreClosed() throws Exception {
        for (int i = 0; i < 5; i++) {
            cluster.startAll();
            cluster.append("one");
            List<CompletableFuture<Void>> closing = Stream.of(THREE)
                    .map(name -> CompletableFuture.runAsync(() -> cluster.stop(name)))
                    .toList();
            closing.forEach(CompletableFuture::join);
            await().atMost(JournalCluster.patience())
                    .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                            .extracting(Thread::getName)
                            .noneMatch(name -> name.startsWith("voting-thread")));
        }
    }

    @Test
    void oneOfTwoThatStepsDownIsFollowedByTheOther() throws Exception {
        cluster.startAll();
        cluster.append("one");
        String gone = cluster.followers().get(0);
        JournalCluster.answer(cluster.leader().removeMember(gone));
        cluster.stop(gone);
        RaftJournal first = cluster.leader();

        JournalCluster.answer(first.stepDown());

        await().atMost(JournalCluster.patience()).until(() -> !cluster.leader().equals(first));
        cluster.append("two");
        assertThat(cluster.leader()).isNotEqualTo(first);
    }

    @Test
    void aTermThatNobodyLeadsEndsWithAnElectionThoughNoViewChanges() throws Exception {
        cluster.startAll();
        cluster.append("one");
        long term = cluster.leader().term() + 1;

        for (String name : THREE) {
            cluster.get(name).raft().currentTerm(term);
        }

        cluster.append("two");
        cluster.awaitEntries(List.of("one", "two"), THREE);
        assertThat(cluster.leader().term()).isGreaterThan(term);
    }

    @Test
    void aMemberThatAloneKnowsANewerTermIsHeardByWhoeverHoldsElections() throws Exception {
        cluster.startAll();
        cluster.append("one");
        long term = cluster.leader().term() + 1;

        cluster.get(cluster.followers().get(1)).raft().currentTerm(term);

        await().atMost(JournalCluster.patience()).until(() -> cluster.leader().term() > term);
        cluster.append("two");
        cluster.awaitEntries(List.of("one", "two"), THREE);
    }

    @Test
    void aNewMemberListensUntilItIsAddedAndAnOldOneMayGo() throws Exception {
        cluster.startAll();
        cluster.append("one");
        RaftJournal fourth = cluster.start("c4");
        cluster.awaitEntries(List.of("one"), "c4");
        await().atMost(JournalCluster.patience())
                .until(() -> cluster.leader().members().stream()
                        .anyMatch(m -> m.name().equals("c4") && m.role() == Role.LEARNER));

        JournalCluster.answer(cluster.leader().addMember("c4"));
        JournalCluster.answer(cluster.leader().addMember("c4"));
        String gone = cluster.followers().stream()
                .filter(n -> !n.equals("c4"))
                .findFirst()
                .orElseThrow();
        JournalCluster.answer(cluster.leader().removeMember(gone));
        cluster.stop(gone);
        String leads = cluster.name(cluster.leader());
        cluster.stop(leads);
        cluster.append("two");

        assertThat(fourth.members())
                .filteredOn(m -> m.role() != Role.LEARNER)
                .extracting(Member::name)
                .doesNotContain(gone)
                .contains("c4");
        assertThatThrownBy(() -> JournalCluster.answer(cluster.leader().addMember("c9")))
                .hasMessageContaining("c9 is not connected");
    }

    @Test
    void aLeaderThatIsRemovedGivesUpItsPlace() throws Exception {
        cluster.startAll();
        String first = cluster.name(cluster.leader());

        JournalCluster.answer(cluster.leader().removeMember(first));

        await().atMost(JournalCluster.patience())
                .until(() -> !cluster.name(cluster.leader()).equals(first));
        cluster.append("one");
        cluster.awaitEntries(List.of("one"), THREE);
    }

    @Test
    void aMemberThatLostItsDirectoryIsToldSoAndNeitherVotesNorBeginsAnotherCluster() throws Exception {
        cluster.startAll();
        cluster.append("one");
        String lost = cluster.followers().get(0);
        cluster.stop(lost);
        delete(cluster.journal(lost));

        cluster.start(lost);

        await().atMost(JournalCluster.patience())
                .until(() -> cluster.listener(lost).halted().isPresent());
        assertThat(cluster.listener(lost).halted().orElseThrow())
                .hasMessageContaining("is empty, but the cluster of")
                .hasMessageContaining("rota coordinators remove " + lost);
        cluster.stop(lost);

        JournalCluster.answer(cluster.leader().removeMember(lost));
        cluster.start(lost);
        cluster.awaitEntries(List.of("one"), lost);
        JournalCluster.answer(cluster.leader().addMember(lost));
        assertThat(cluster.leader().members()).extracting(Member::role).doesNotContain(Role.LEARNER);
    }

    @Test
    void theFirstStartNeedsAll() throws Exception {
        cluster.start("c1");
        cluster.start("c2");
        await().during(Duration.ofSeconds(2))
                .atMost(JournalCluster.patience())
                .until(() -> !cluster.get("c1").leader() && !cluster.get("c2").leader());

        cluster.start("c3");

        cluster.append("one");
        cluster.awaitEntries(List.of("one"), THREE);
    }

    @Test
    void whoIsConfiguredDifferentlyBeginsNothing() throws Exception {
        SortedMap<String, java.net.InetSocketAddress> two = new TreeMap<>(cluster.addresses());
        two.remove("c3");
        cluster.start("c1");
        cluster.start("c2", two);
        cluster.start("c3");

        await().during(Duration.ofSeconds(2))
                .atMost(JournalCluster.patience())
                .until(() -> Stream.of(THREE).noneMatch(n -> cluster.get(n).leader()));
    }

    @Test
    void aDirectoryOfAnotherMemberIsRefused() throws Exception {
        cluster.startAll();
        cluster.append("one");
        Stream.of(THREE).forEach(cluster::stop);
        Files.move(cluster.journal("c1"), temporary.resolve("moved"));
        Files.move(cluster.journal("c2"), cluster.journal("c1"));

        assertThatThrownBy(() -> cluster.start("c1"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("belongs to coordinator c2");
    }

    @Test
    void aMemberOfSeveralDoesNotStartAlone() throws Exception {
        cluster.startAll();
        cluster.append("one");
        Stream.of(THREE).forEach(cluster::stop);

        try (RaftJournal alone = new RaftJournal(cluster.journal("c1"), "c1", java.util.Optional.empty())) {
            assertThatThrownBy(() -> alone.start(new RecordingListener()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("belongs to the coordinators c1, c2, c3");
        }
    }

    @Test
    void aMemberThatWasAwayForLongGetsASnapshotAndKeepsIt() throws Exception {
        cluster.limits(new JournalLimits(
                        1 << 20, 20_000, 50_000, 1 << 30, 0, Duration.ofSeconds(10), Duration.ofSeconds(30)))
                .startAll();
        String away = cluster.followers().get(0);
        cluster.stop(away);
        List<String> texts = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> {
            texts.add(i + "x".repeat(1000));
            cluster.append(texts.get(i));
        });

        cluster.start(away);
        cluster.awaitEntries(texts, THREE);
        cluster.stop(away);
        cluster.start(away);
        cluster.append("last");

        texts.add("last");
        cluster.awaitEntries(texts, THREE);
        try (Stream<Path> files = Files.list(cluster.journal(away))) {
            assertThat(files.filter(f -> f.toString().contains("records")).count())
                    .isLessThan(12);
        }
    }

    @Test
    void aMemberCatchesUpWhileEntriesKeepComing() throws Exception {
        cluster.startAll();
        String away = cluster.followers().get(0);
        cluster.stop(away);
        RaftJournal leader = cluster.leader();
        AtomicBoolean caughtUp = new AtomicBoolean();
        CompletableFuture<Integer> writing = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (!caughtUp.get() || count < 500) {
                leader.append(bytes("entry " + count++)).toCompletableFuture().join();
            }
            return count;
        });
        await().atMost(JournalCluster.patience())
                .until(() -> cluster.listener(cluster.name(leader)).entries.size() > 200);

        cluster.start(away);

        // Never idle: whoever waits for a pause to send what is missing waits for ever.
        await().atMost(JournalCluster.patience())
                .until(() -> !cluster.listener(away).entries.isEmpty());
        caughtUp.set(true);
        int count = writing.join();
        cluster.awaitEntries(
                IntStream.range(0, count).mapToObj(i -> "entry " + i).toList(), THREE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}

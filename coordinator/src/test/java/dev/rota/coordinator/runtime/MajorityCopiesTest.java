package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.port.ArtifactPeers;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.port.Journal.Member;
import dev.rota.coordinator.port.Journal.Role;
import dev.rota.coordinator.rollout.CoordinatorState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MajorityCopiesTest {
    private static final List<StoredArtifact> BYTES = List.of(new StoredArtifact("a".repeat(64), 1));

    private final MemoryJournal journal = new MemoryJournal(MemoryJournal.empty(), 1);
    private final SortedMap<String, CompletableFuture<Void>> asked = new TreeMap<>();
    private final MajorityCopies copies = new MajorityCopies(
            new Members(journal, CoordinatorState::empty, Addresses.alone("c1")), new ArtifactPeers() {
                @Override
                public CompletableFuture<Void> hold(String coordinator, Collection<StoredArtifact> artifacts) {
                    assertThat(artifacts).isEqualTo(BYTES);
                    return asked.computeIfAbsent(coordinator, name -> new CompletableFuture<>());
                }

                @Override
                public void fetch(String coordinator, StoredArtifact artifact) throws IOException {
                    throw new IOException("not asked");
                }

                @Override
                public CompletableFuture<String> inventory(String coordinator) {
                    return new CompletableFuture<>();
                }
            });

    private void members(String... others) {
        List<Member> all = new ArrayList<>();
        all.add(new Member("c1", Role.LEADER, true, OptionalLong.empty()));
        for (String other : others) {
            String[] words = other.split(" ", -1);
            all.add(new Member(
                    words[0],
                    words[1].equals("learner") ? Role.LEARNER : Role.FOLLOWER,
                    words.length == 2,
                    OptionalLong.empty()));
        }
        journal.members(all);
    }

    private void has(String name) {
        asked(name).complete(null);
    }

    private CompletableFuture<Void> asked(String name) {
        return Optional.ofNullable(asked.get(name)).orElseThrow();
    }

    @Test
    void whoIsAloneHasEnough() {
        assertThat(copies.toMajority(BYTES)).isCompleted();
    }

    @Test
    void ofThreeOneMoreIsEnough() {
        members("c2 follower", "c3 follower");
        CompletableFuture<Void> done = copies.toMajority(BYTES);
        assertThat(done).isNotDone();

        has("c3");

        assertThat(done).isCompleted();
        assertThat(asked).containsOnlyKeys("c2", "c3");
    }

    @Test
    void ofFiveTwoMoreAreEnough() {
        members("c2 follower", "c3 follower", "c4 follower", "c5 follower");
        CompletableFuture<Void> done = copies.toMajority(BYTES);

        has("c3");
        assertThat(done).isNotDone();
        has("c5");
        assertThat(done).isCompleted();
    }

    @Test
    void whoOnlyListensIsAskedAndDoesNotCount() {
        members("c2 follower", "c3 follower", "c4 learner");
        CompletableFuture<Void> done = copies.toMajority(BYTES);

        has("c4");

        assertThat(done).isNotDone();
    }

    @Test
    void whenTooFewHaveThemItIsSaidWhoAndWhy() {
        members("c2 follower", "c3 follower gone");
        CompletableFuture<Void> done = copies.toMajority(BYTES);
        assertThat(asked).containsOnlyKeys("c2");

        asked("c2").completeExceptionally(new IOException("the disk is full"));

        assertThatThrownBy(done::join)
                .hasRootCauseInstanceOf(Refusal.class)
                .hasMessageContaining("the bytes are on 1 coordinator, 2 are needed (c3: not connected; c2: the disk"
                        + " is full); try again");
    }
}

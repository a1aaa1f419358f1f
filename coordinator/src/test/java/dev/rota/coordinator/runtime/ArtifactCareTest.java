package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Digest;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.coordinator.port.ArtifactPeers;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.port.Journal.Member;
import dev.rota.coordinator.port.Journal.Role;
import dev.rota.coordinator.port.StepLogs;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A follower keeps what the committed state refers to. */
class ArtifactCareTest {
    private static final byte[] BYTES = {1, 2, 3};
    private static final String SHA = Digest.sha256(BYTES);
    private static final StoredArtifact ARTIFACT = new StoredArtifact(SHA, BYTES.length);

    private final MemoryJournal journal = new MemoryJournal(MemoryJournal.empty(), 1);
    private final MemoryArtifacts store = new MemoryArtifacts();
    private final Map<String, byte[]> held = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private Coordinator coordinator;
    private ArtifactCare care;

    /** Those in {@code held} have the bytes. */
    private final class Others implements ArtifactPeers {
        @Override
        public CompletableFuture<Void> hold(String other, Collection<StoredArtifact> artifacts) {
            return CompletableFuture.failedFuture(new IOException("not asked"));
        }

        @Override
        public void fetch(String other, StoredArtifact artifact) throws IOException {
            asked.add(other);
            byte[] bytes = held.get(other);
            if (bytes == null) {
                throw new IOException("it has none");
            }
            store.with(artifact.sha256(), bytes);
        }

        @Override
        public CompletableFuture<String> inventory(String other) {
            return CompletableFuture.failedFuture(new IOException("not asked"));
        }
    }

    private static final class Nobody implements AgentLinks, StepLogs {
        @Override
        public boolean connected(String node) {
            return false;
        }

        @Override
        public boolean send(String node, CoordinatorMessage message) {
            return false;
        }

        @Override
        public void append(StepKey key, Instant at, String text) {}

        @Override
        public List<Chunk> read(String rolloutId) {
            return List.of();
        }
    }

    @BeforeEach
    void follow() throws Exception {
        Nobody nobody = new Nobody();
        coordinator = new Coordinator(
                journal,
                nobody,
                new Inventory(List.of()),
                Addresses.alone("c1"),
                Recipes.load(null),
                nobody,
                () -> now,
                failure -> {
                    throw new AssertionError(failure);
                });
        coordinator.start();
        journal.members(List.of(
                new Member("c1", Role.FOLLOWER, true, OptionalLong.empty()),
                new Member("c2", Role.FOLLOWER, true, OptionalLong.empty()),
                new Member("c3", Role.LEADER, true, OptionalLong.empty()),
                new Member("c4", Role.FOLLOWER, false, OptionalLong.empty())));
        journal.lose("c3");
        care = new ArtifactCare(coordinator, store, new Others(), forgotten::add);
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private void pass(Duration time) {
        now = now.plus(time);
        care.look();
    }

    private void released() {
        journal.receive(EntryCodec.encode(new Entry.ReleaseAdded("", release())));
    }

    private static Release release() {
        return new Release(
                "shop",
                Version.parse("1"),
                new Release.ArtifactRef(SHA, BYTES.length, "shop.tgz"),
                Optional.empty(),
                "",
                Optional.empty(),
                Instant.EPOCH,
                "ann");
    }

    @Test
    void whatIsCommittedIsFetchedFromTheLeader() {
        held.put("c2", BYTES);
        held.put("c3", BYTES);
        released();
        journal.receive(EntryCodec.encode(
                new Entry.NotesImported("", "shop", List.of(new NoteRef("a.md", "b".repeat(64), 3)))));

        care.look();
        care.look();

        assertThat(store.digests()).containsExactlyInAnyOrder(SHA, "b".repeat(64));
        assertThat(asked).containsExactly("c3", "c3");
    }

    @Test
    void anotherOneIsAskedWhenTheLeaderDoesNotHaveIt() {
        held.put("c2", BYTES);
        released();

        care.look();

        assertThat(asked).containsExactly("c3", "c2");
        assertThat(store.digests()).containsExactly(SHA);
    }

    @Test
    void whatCannotBeHadIsTriedAgainEverLessOften() {
        released();
        care.look();
        care.look();
        assertThat(asked).hasSize(2);

        pass(Duration.ofSeconds(1));
        assertThat(asked).hasSize(4);
        pass(Duration.ofSeconds(1));
        assertThat(asked).hasSize(4);
        held.put("c2", BYTES);
        pass(Duration.ofSeconds(1));
        assertThat(store.digests()).containsExactly(SHA);
    }

    @Test
    void whatIsNotReferredToAnyMoreGoesAfterAWhile() {
        held.put("c3", BYTES);
        released();
        care.look();
        assertThat(care.wanted(SHA)).isTrue();
        journal.receive(
                EntryCodec.encode(new Entry.ReleaseRemoved("", "shop", Version.parse("1"), "ann", Instant.EPOCH)));
        care.look();
        assertThat(care.wanted(SHA)).isFalse();

        pass(ArtifactCare.GRACE.minusSeconds(1));
        assertThat(forgotten).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(forgotten).containsExactly(SHA);
    }

    @Test
    void whatWasBroughtAndNeverCommittedGoesAfterAWhile() {
        care.held(List.of(ARTIFACT));
        pass(ArtifactCare.GRACE.minusSeconds(1));
        care.held(List.of(ARTIFACT));
        pass(Duration.ofSeconds(1));
        assertThat(forgotten).isEmpty();

        pass(ArtifactCare.GRACE);
        assertThat(forgotten).containsExactly(SHA);
    }
}

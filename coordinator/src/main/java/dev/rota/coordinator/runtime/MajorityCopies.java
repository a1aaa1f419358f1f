package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.ArtifactPeers;
import dev.rota.coordinator.port.ArtifactSpread;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.port.Journal.Member;
import dev.rota.coordinator.port.Journal.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Has the other coordinators fetch bytes from the leader, all at the same time, until a majority has them. */
public final class MajorityCopies implements ArtifactSpread {
    private final Members members;
    private final ArtifactPeers peers;

    /** Creates it for the coordinators as {@code members} knows them. */
    public MajorityCopies(Members members, ArtifactPeers peers) {
        this.members = members;
        this.peers = peers;
    }

    @Override
    public CompletableFuture<Void> toMajority(Collection<StoredArtifact> artifacts) {
        List<Member> all = members.all();
        long voters = all.stream().filter(m -> m.role() != Role.LEARNER).count();
        Count count = new Count(artifacts.size(), (int) voters / 2 + 1);
        List<Member> others =
                all.stream().filter(m -> !m.name().equals(members.own())).toList();
        count.had(others.size() + 1);
        count.done(true, members.own(), null);
        for (Member other : others) {
            boolean votes = other.role() != Role.LEARNER;
            if (!other.connected()) {
                count.done(false, other.name(), new IllegalStateException("not connected"));
                continue;
            }
            var unused = peers.hold(other.name(), artifacts)
                    .whenComplete((done, failure) -> count.done(votes && failure == null, other.name(), failure));
        }
        return count.result;
    }

    /** Who has answered so far. */
    private static final class Count {
        private final CompletableFuture<Void> result = new CompletableFuture<>();
        private final List<String> missing = new ArrayList<>();
        private final int artifacts;
        private final int needed;
        private int open;
        private int has;

        Count(int artifacts, int needed) {
            this.artifacts = artifacts;
            this.needed = needed;
        }

        synchronized void had(int asked) {
            open = asked;
        }

        synchronized void done(boolean counts, String name, @Nullable Throwable failure) {
            open--;
            has += counts ? 1 : 0;
            if (failure != null) {
                Throwable cause =
                        failure instanceof CompletionException c && c.getCause() != null ? c.getCause() : failure;
                missing.add(name + ": " + cause.getMessage());
            }
            if (has >= needed) {
                result.complete(null);
            } else if (open == 0) {
                result.completeExceptionally(new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        "NOT_REPLICATED",
                        (artifacts == 1 ? "the bytes are" : "the bytes of " + artifacts + " files are") + " on " + has
                                + (has == 1 ? " coordinator" : " coordinators") + ", " + needed + " are needed ("
                                + String.join("; ", missing) + "); try again"));
            }
        }
    }
}

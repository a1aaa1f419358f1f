package dev.rota.sample;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * This node's copy of the data among those of the other members.
 *
 * <p>A write is applied here first, then by every member; it is acknowledged when the members as they are at the end have all
 * answered. A node that comes says hello to every member and is answered once that member sees it, and only then asks for all
 * entries: a write is therefore either in what it gets or is sent to it.
 */
final class Replica implements Group.Handler {
    private static final long MEET_MS = 20_000;
    private static final long RETRY_MS = 100;
    private static final long SEEN_MS = 5_000;

    private final Settings settings;
    private final Store store;
    private final Group group;
    private final OrderToLeave orderToLeave;

    /** Takes the order of another member to leave the cluster. */
    interface OrderToLeave {
        /** Begins to leave; answers why not when it cannot. */
        Optional<String> leave(String askedBy);
    }

    Replica(Settings settings, Store store, OrderToLeave orderToLeave) {
        this.settings = settings;
        this.store = store;
        this.orderToLeave = orderToLeave;
        this.group = new Group(settings, this);
    }

    List<String> members() {
        return group.members();
    }

    String leader() {
        return group.leader();
    }

    boolean isAlone() {
        return group.members().equals(List.of(settings.name()));
    }

    /** Begins a cluster of its own. */
    void found(String clusterId) throws IOException {
        group.connect(clusterId, false);
    }

    /** Becomes a member of that cluster, where the peer is to be met if there is one, and takes over what the others have. */
    void enter(String clusterId, Optional<String> peer) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MEET_MS);
        while (true) {
            try {
                group.connect(clusterId, peer.isPresent());
                if (peer.isPresent() && !group.members().contains(peer.get())) {
                    throw new IOException(peer.get() + " was not found in the cluster");
                }
                exchange();
                return;
            } catch (IOException e) {
                group.close();
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            }
        }
    }

    /** Stops being a member; the others see it go. */
    void quit() {
        group.close();
    }

    /** Carries out a write accepted here; it is on all members when this returns. */
    void write(String key, Optional<String> value) throws IOException, InterruptedException {
        Entry entry = store.write(key, value, settings.name());
        group.askAll(Request.of(Request.Kind.APPLY, Entry.encode(List.of(entry))));
    }

    /** Why the member will not leave. It may be gone before its answer is here, so that none is no refusal. */
    Optional<String> askToLeave(String member, String askedBy) {
        try {
            String refusal = Request.text(group.ask(member, Request.of(Request.Kind.LEAVE, askedBy)));
            return refusal.isEmpty() ? Optional.empty() : Optional.of(refusal);
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }

    /** Waits until a member has gone. */
    boolean awaitGone(String member, long withinMs) throws InterruptedException {
        return group.await(() -> !group.members().contains(member), withinMs);
    }

    @Override
    public byte[] answer(byte[] message, BooleanSupplier senderIsMember) throws IOException, InterruptedException {
        Request request = Request.read(message);
        return switch (request.kind()) {
            case APPLY -> {
                store.apply(Entry.decode(request.body()));
                yield new byte[0];
            }
            case HELLO -> {
                if (!group.await(senderIsMember, SEEN_MS)) {
                    throw new IOException(settings.name() + " does not see " + request.text());
                }
                yield new byte[0];
            }
            case SNAPSHOT -> Entry.encode(store.snapshot());
            case LEAVE -> Request.bytes(orderToLeave.leave(request.text()).orElse(""));
        };
    }

    /** Two parts of the cluster that did not see each other are one again: each takes over what the other has. */
    @Override
    public void merged() {
        Background.run(this::exchange);
    }

    private void exchange() throws IOException, InterruptedException {
        List<Entry> own = store.snapshot();
        group.askAll(Request.of(Request.Kind.HELLO, settings.name()));
        for (String other : group.members()) {
            if (!other.equals(settings.name())) {
                store.apply(Entry.decode(group.ask(other, Request.of(Request.Kind.SNAPSHOT, ""))));
            }
        }
        if (!own.isEmpty()) {
            group.askAll(Request.of(Request.Kind.APPLY, Entry.encode(own)));
        }
    }
}

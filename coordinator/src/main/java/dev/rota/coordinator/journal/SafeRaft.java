package dev.rota.coordinator.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.RaftImpl;
import org.jgroups.protocols.raft.Role;
import org.jgroups.protocols.raft.election.BaseElection;
import org.jgroups.raft.util.Utils;
import org.jgroups.util.MessageBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's place in its protocol stack, its terms, votes and roles; the logs are made one by {@link Replication} instead of the
 * library, whose way of doing it loses what it has acknowledged.
 *
 * <p>One lock covers a message from the look at its term to the answer, and a vote from the look at the log to the answer: what is
 * acknowledged in a term was written before this member voted in a later one. One thread handles messages and proposals in order.
 */
final class SafeRaft extends RAFT {
    private static final Logger LOG = LoggerFactory.getLogger(SafeRaft.class);
    private static final short ID = 1521;
    private static final long RESEND_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** How often to look whether something is due, while something is, and while nothing is. */
    private static final long BUSY_MS = 10;

    private static final long IDLE_MS = 100;
    /** Whoever has given up the place is not elected for so long: somebody else is, if anybody can be. */
    private static final long RESIGNED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final int MAX_BATCH_BYTES = 4 << 20;

    static {
        ClassConfigurator.addProtocol(ID, SafeRaft.class);
        ClassConfigurator.add(PeerHeader.MAGIC, PeerHeader.class);
    }

    /** Who this is part of. Called with the lock held; must not wait. */
    interface Owner extends Replication.Member {
        /** Nothing more can be written or applied. */
        void failed(Throwable cause);

        /** Somebody has said who they are. */
        void introduced(String name, Rpc.Introduction who);

        /** Who can be reached now; everybody new will be introduced. */
        void connected(Set<String> names);

        /** Who this member is. */
        Rpc.Introduction introduction();

        /** All that arrived together is done. */
        void settled() throws IOException;

        /** The role, the term or who is connected may have changed. */
        void changed();
    }

    private final Object lock = new Object();
    private final Owner owner;
    private final RecordLog records;
    private final Replication replication;
    private final Proposals proposals = new Proposals();
    private final String name;
    private volatile SortedMap<String, Address> connected = Collections.emptySortedMap();
    private Role role = Role.Follower;
    private boolean dead;
    private int quorum = 1;
    private Optional<String> resigned = Optional.empty();
    private long resignedNanos;

    SafeRaft(String name, RecordLog records, Owner owner) {
        this.name = name;
        this.owner = owner;
        this.records = records;
        this.replication =
                new Replication(name, records, new AnsweringMember(owner, proposals, this::send), RESEND_NANOS);
        this.impl = new Marker(this);
        raftId(name).log(new LibraryLog(records, this::die)).logUseFsync(true).maxLogCacheSize(0);
    }

    /** The library asks a role for nothing any more but its name. */
    private static final class Marker extends RaftImpl {
        Marker(RAFT raft) {
            super(raft);
        }
    }

    Object lock() {
        return lock;
    }

    // What the library calls.

    @Override
    public void initStateMachineFromLog() throws Exception {
        synchronized (lock) {
            replication.replay();
        }
    }

    @Override
    public int currentTerm(long term) {
        synchronized (lock) {
            return super.currentTerm(term);
        }
    }

    @Override
    public long createNewTerm() {
        synchronized (lock) {
            return super.createNewTerm();
        }
    }

    @Override
    public RAFT votedFor(Address member) {
        synchronized (lock) {
            return super.votedFor(member);
        }
    }

    @Override
    public RAFT leader(Address leader) {
        synchronized (lock) {
            return super.leader(leader);
        }
    }

    @Override
    public RAFT setLeaderAndTerm(@Nullable Address leader) {
        synchronized (lock) {
            return super.setLeaderAndTerm(leader);
        }
    }

    @Override
    public RAFT setLeaderAndTerm(@Nullable Address leader, long term) {
        synchronized (lock) {
            return super.setLeaderAndTerm(leader, term);
        }
    }

    @Override
    public int trySetLeaderAndTerm(Address leader, long term) {
        synchronized (lock) {
            return super.trySetLeaderAndTerm(leader, term);
        }
    }

    @Override
    protected RAFT changeRole(Role next) {
        if (next != role) {
            role = next;
            if (next == Role.Leader) {
                replication.lead(currentTerm(), others());
                offer(new Wake());
            } else {
                replication.follow();
                proposals.allUndecided(
                        new IllegalStateException("the leadership was lost before the entry was committed"));
            }
        }
        owner.changed();
        return this;
    }

    @Override
    public void handleView(View view) {
        this.view = view;
        SortedMap<String, Address> now = new TreeMap<>();
        for (Address address : view.getMembers()) {
            now.put(Utils.extractRaftId(address), address);
        }
        now.remove(name);
        synchronized (lock) {
            connected = now;
            replication.connected(others());
            owner.connected(others());
            owner.changed();
        }
        offer(new Greet());
    }

    @Override
    public @Nullable Object up(Message message) {
        if (message.getHeader(id) instanceof PeerHeader) {
            add(new Incoming(message));
            return null;
        }
        return up_prot.up(message);
    }

    @Override
    public void up(MessageBatch batch) {
        for (var messages = batch.iterator(); messages.hasNext(); ) {
            Message message = messages.next();
            if (message.getHeader(id) instanceof PeerHeader) {
                messages.remove();
                add(new Incoming(message));
            }
        }
        if (!batch.isEmpty()) {
            up_prot.up(batch);
        }
    }

    // What arrives, in order.

    private static final class Incoming extends Request {
        private final Message message;

        Incoming(Message message) {
            this.message = message;
        }
    }

    private static final class Proposal extends Request {
        private final byte[] payload;
        private final CompletableFuture<Long> result;

        Proposal(byte[] payload, CompletableFuture<Long> result) {
            this.payload = payload;
            this.result = result;
        }

        @Override
        protected void failed(Throwable cause) {
            result.completeExceptionally(cause);
        }
    }

    private static final class Wake extends Request {}

    private static final class Greet extends Request {}

    /** Has the leader append a record; fails with an {@link IllegalStateException} when it was not even written. */
    CompletableFuture<Long> propose(byte[] payload) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        offer(new Proposal(payload, result));
        return result;
    }

    @Override
    protected void processQueue() {
        try {
            Request first = processing_queue.poll(
                    replication.leading() && replication.owes() ? BUSY_MS : IDLE_MS, TimeUnit.MILLISECONDS);
            List<Request> together = new ArrayList<>();
            if (first != null) {
                together.add(first);
                processing_queue.drainTo(together);
            }
            process(together);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void process(List<Request> together) {
        synchronized (lock) {
            List<Proposal> fresh = new ArrayList<>();
            try {
                for (Request r : together) {
                    if (dead) {
                        break;
                    } else if (r instanceof Incoming in) {
                        handle(in.message);
                    } else if (r instanceof Greet) {
                        Rpc.Introduction own = owner.introduction();
                        others().forEach(o -> send(o, own));
                    } else if (r instanceof Proposal p) {
                        fresh.add(p);
                    }
                }
                propose(fresh);
                if (!dead) {
                    replication.tick(System.nanoTime());
                    owner.settled();
                }
            } catch (IOException | RuntimeException e) {
                die(e);
            } finally {
                fresh.forEach(
                        p -> p.result.completeExceptionally(new IllegalStateException("this member does not lead")));
            }
        }
    }

    /** Takes out of the list what it appends. */
    private void propose(List<Proposal> fresh) throws IOException {
        while (!fresh.isEmpty() && replication.leading() && !dead) {
            List<Proposal> batch = new ArrayList<>();
            long bytes = 0;
            while (!fresh.isEmpty() && (batch.isEmpty() || bytes + fresh.get(0).payload.length <= MAX_BATCH_BYTES)) {
                bytes += fresh.get(0).payload.length;
                batch.add(fresh.remove(0));
            }
            long index = records.last() + 1;
            for (Proposal p : batch) {
                proposals.await(index++, p.result);
            }
            replication.propose(batch.stream().map(p -> p.payload).toList(), System.nanoTime());
        }
    }

    private void handle(Message message) throws IOException {
        String from = Utils.extractRaftId(message.src());
        Rpc rpc;
        try {
            rpc = Rpc.parse(ByteBuffer.wrap(message.getArray(), message.getOffset(), message.getLength()), from);
        } catch (IOException e) {
            LOG.error("a message is ignored: {}", e.getMessage());
            return;
        }
        if (rpc instanceof Rpc.Introduction i) {
            owner.introduced(from, i);
            return;
        }
        int newer = currentTerm(rpc.term());
        boolean fromLeader = rpc instanceof Rpc.Append || rpc instanceof Rpc.Install;
        if (newer < 0) {
            if (fromLeader) {
                // So that a leader that was asleep learns of it.
                send(from, new Rpc.Reply(currentTerm(), false, 0, 0));
            }
            return;
        }
        if (fromLeader) {
            leader(message.src());
        }
        if (rpc instanceof Rpc.Append a) {
            replication.appended(from, a);
        } else if (rpc instanceof Rpc.Install i) {
            replication.installed(from, i);
        } else if (rpc instanceof Rpc.Reply r) {
            replication.answered(from, r, System.nanoTime());
        } else if (rpc instanceof Rpc.Elect && !replication.leading()) {
            // Whoever leads goes on: a member that has not heard of it yet soon will.
            leaderName().filter(from::equals).ifPresent(this::passOver);
            elect();
        }
    }

    private void send(String to, Rpc rpc) {
        Address address = connected.get(to);
        if (address != null) {
            down_prot.down(new BytesMessage(address, rpc.toBytes()).putHeader(id, new PeerHeader()));
        }
    }

    // What the owner asks. All with the lock held, or taking it.

    private Set<String> others() {
        return new TreeSet<>(connected.keySet());
    }

    /** Everybody this member can reach now, without itself. */
    Set<String> reachable() {
        return others();
    }

    /** Tells everybody who this member is. */
    void greet() {
        offer(new Greet());
    }

    /**
     * Whom an election asks.
     *
     * @param fewest with fewer of them connected there is no use in holding one
     */
    void electorate(Collection<String> asked, int fewest) {
        quorum = fewest;
        members(asked);
    }

    @Override
    protected void computeMajority() {
        majority = quorum;
    }

    boolean mayVote() {
        return !dead;
    }

    /** Who has just given up the place. */
    Optional<String> resigned() {
        return resigned.filter(who -> System.nanoTime() - resignedNanos < RESIGNED_NANOS);
    }

    private void passOver(String who) {
        resigned = Optional.of(who);
        resignedNanos = System.nanoTime();
    }

    Rpc.Introduction introduction() {
        return owner.introduction();
    }

    /** Gives up the leadership and has somebody else elected. */
    void resign() {
        synchronized (lock) {
            passOver(name);
            setLeaderAndTerm(null);
            callElection();
        }
    }

    /** No leader is known for a while: has one elected, if this member is one of those that elect. */
    void leaderless() {
        synchronized (lock) {
            if (!dead && owner.voters().contains(name)) {
                callElection();
            }
        }
    }

    /** Has an election held by the first member of the view, where elections are held. */
    private void callElection() {
        Address coordinator = Objects.requireNonNull(view).getCoord();
        if (Objects.equals(coordinator, getAddress())) {
            elect();
        } else {
            send(Utils.extractRaftId(coordinator), new Rpc.Elect(currentTerm()));
        }
    }

    private void elect() {
        setLeaderAndTerm(null);
        BaseElection election = RAFT.findProtocol(BaseElection.class, this, true);
        // On another thread: the election has a lock of its own, which its thread holds while it takes this one.
        getTransport().getTimer().execute(election::runVotingThread);
    }

    Optional<String> leaderName() {
        return Optional.ofNullable(leader()).map(Utils::extractRaftId);
    }

    boolean leading() {
        return role == Role.Leader;
    }

    /** How many records a member has not confirmed; -1 when that is not known here. */
    long behind(String other) {
        synchronized (lock) {
            return replication.behind(other);
        }
    }

    /** Stops for good: nothing is written, sent, voted or applied any more. */
    void die(Throwable cause) {
        synchronized (lock) {
            if (!dead) {
                dead = true;
                proposals.allUndecided(cause);
                owner.failed(cause);
            }
            for (Request r = processing_queue.poll(); r != null; r = processing_queue.poll()) {
                if (r instanceof Proposal p) {
                    p.failed(new IllegalStateException(cause.getMessage(), cause));
                }
            }
        }
    }
}

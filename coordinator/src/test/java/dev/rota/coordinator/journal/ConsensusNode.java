package dev.rota.coordinator.journal;

import dev.rota.coordinator.journal.Ballots.Ballot;
import dev.rota.coordinator.port.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A member: what a coordinator is to its journal. */
final class ConsensusNode implements Replication.Member {
    private final ConsensusWorld world;
    final String name;
    final SimDisk disk;
    RecordLog log;
    Replication replication;
    Membership membership;
    private boolean changing;
    private boolean removed;
    List<String> state = new ArrayList<>();
    boolean up;
    int life;
    long voted;

    @SuppressWarnings("NullAway.Init") // started before anything is asked
    ConsensusNode(String name, ConsensusWorld world) {
        this.world = world;
        this.name = name;
        this.disk = new SimDisk(world.random);
        if (world.plant == ConsensusWorld.Plant.LYING_DISKS) {
            disk.lie();
        }
    }

    void found(Roster first) {
        try {
            new MemberIdentity(name, ConsensusWorld.incarnation(name), first).store(disk);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void start() {
        try {
            state = new ArrayList<>();
            changing = false;
            removed = false;
            membership = new Membership(
                    name,
                    disk,
                    MemberIdentity.open(disk, name, ConsensusWorld.incarnation(name), name),
                    List.copyOf(world.nodes.keySet()));
            log = RecordLog.open(disk, ConsensusWorld.SEGMENT_BYTES);
            replication = new Replication(name, log, this, ConsensusWorld.RESEND_NANOS);
            replication.replay();
            up = true;
            voted = log.vote() == null
                    ? 0
                    : ByteBuffer.wrap(Objects.requireNonNull(log.vote())).getLong();
            world.note(name + " starts at " + log.last() + ", committed " + replication.committed());
        } catch (IOException | JournalException e) {
            throw new AssertionError(name + " cannot start: " + e.getMessage(), e);
        }
    }

    /** Everybody new says who they are. */
    void meet(Set<String> others) throws IOException {
        replication.connected(others);
        membership.connected(others);
        for (String other : others) {
            try {
                membership.introduced(
                        other,
                        Objects.requireNonNull(world.nodes.get(other))
                                .membership
                                .introduction());
            } catch (JournalException e) {
                throw new AssertionError(e);
            }
        }
    }

    void stop() {
        up = false;
        life++;
        world.links.forEach((link, queue) -> {
            if (link.startsWith(name + ">") || link.endsWith(">" + name)) {
                queue.clear();
            }
        });
        world.reconnect();
    }

    void attempt(ConsensusWorld.Action action) {
        if (!up) {
            return;
        }
        try {
            action.run();
        } catch (IOException e) {
            world.note(name + " stops: " + e.getMessage());
            if (e instanceof DamagedJournalException) {
                throw new AssertionError(e.getMessage(), e);
            }
            stop();
        }
    }

    @Override
    public Collection<String> voters() {
        return world.plant == ConsensusWorld.Plant.LATE_LISTS
                ? membership.roster().voters().keySet()
                : membership.voters();
    }

    @Override
    public boolean confirms(String voter) {
        return true;
    }

    @Override
    public void appended(long index, LogRecord record) throws IOException {
        if (Frame.isRoster(record.payload())) {
            membership.appended(index, Frame.parse(record.payload()).roster());
        }
    }

    @Override
    public void cut(long index) {
        membership.cut(index);
    }

    @Override
    public void send(String to, Rpc message) {
        world.send(name, to, message);
    }

    @Override
    public void apply(long index, LogRecord record) throws IOException {
        Frame frame = Frame.parse(record.payload());
        if (frame.kind() == Frame.Kind.ROSTER) {
            membership.committed(index, frame.roster());
            changing = false;
            removed = !membership.votes();
        }
        String text = frame.kind() == Frame.Kind.ENTRY
                ? new String(frame.payload(), StandardCharsets.UTF_8)
                : frame.kind() + "@" + index + "#" + Arrays.hashCode(frame.payload());
        String before = world.applied.putIfAbsent(index, text);
        if (before != null && !before.equals(text)) {
            throw new AssertionError("record " + index + " is " + before + " here and " + text + " on " + name);
        }
        state.add(text);
        if (replication != null && replication.leading()) {
            world.acknowledged.add(text);
        }
    }

    @Override
    public void restore(Snapshot snapshot) {
        world.note(name + " takes over a snapshot up to " + snapshot.index());
        membership.restored(snapshot.roster());
        state = new ArrayList<>(
                new String(snapshot.state(), StandardCharsets.UTF_8).lines().toList());
        world.installs++;
    }

    void receive(String from, Rpc rpc) throws IOException {
        long term = log.currentTerm();
        if (rpc.term() < term) {
            if (!(rpc instanceof Rpc.Reply)) {
                send(from, new Rpc.Reply(term, false, 0, 0));
            }
            return;
        }
        advance(rpc.term());
        if (rpc instanceof Rpc.Append a) {
            replication.appended(from, a);
        } else if (rpc instanceof Rpc.Install i) {
            replication.installed(from, i);
        } else if (rpc instanceof Rpc.Reply r) {
            replication.answered(from, r, world.now);
        }
    }

    void advance(long term) throws IOException {
        if (term > log.currentTerm()) {
            log.vote(term, null);
            voted = 0;
            replication.follow();
        }
    }

    void lead(long term) throws IOException {
        advance(term);
        if (term < log.currentTerm()) {
            return;
        }
        String other = world.leaders.putIfAbsent(term, name);
        if (other != null) {
            throw new AssertionError(other + " and " + name + " lead term " + term);
        }
        world.note(name + " leads term " + term + " for " + membership.voters());
        replication.lead(term, world.reachable(name));
        changing = true;
        replication.propose(
                List.of(
                        Frame.epoch(term).toBytes(),
                        Frame.roster(membership.newest()).toBytes()),
                world.now);
    }

    /** One more member, or one less. */
    void change() throws IOException {
        boolean may = replication.leading() && !changing && log.term(replication.committed()) == log.currentTerm();
        if (!may) {
            return;
        }
        Roster before = membership.newest();
        String other = world.pick().name;
        boolean remove = before.voters().containsKey(other);
        if (remove && before.voters().size() < 3) {
            return;
        }
        Roster after = remove ? before.without(other) : before.with(other, ConsensusWorld.incarnation(other));
        world.note(name + " world.changes the members to " + after.voters().keySet());
        changing = true;
        world.changes++;
        replication.propose(List.of(Frame.roster(after).toBytes()), world.now);
    }

    Ballot ballot() {
        Rpc.Introduction who = membership.introduction();
        return new Ballot(
                name,
                world.plant == ConsensusWorld.Plant.LATE_LISTS ? ConsensusWorld.as(who, membership.roster()) : who,
                log.lastTerm(),
                log.last());
    }

    /** A leader that is not a member any more gives up its place. */
    void settle() {
        if (removed && replication.leading()) {
            world.note(name + " is not a member any more");
            replication.follow();
        }
    }

    void propose() throws IOException {
        if (replication.leading()) {
            List<byte[]> some = new ArrayList<>();
            for (int i = world.random.nextInt(3); i >= 0; i--) {
                String text = "p" + world.proposals++ + "x".repeat(world.random.nextInt(100));
                some.add(Frame.entry(text.getBytes(StandardCharsets.UTF_8)).toBytes());
            }
            replication.propose(some, world.now);
        }
    }

    void snapshot() throws IOException {
        if (replication.committed() > log.snapshotIndex()) {
            long index = replication.committed();
            byte[] text = String.join("\n", state).getBytes(StandardCharsets.UTF_8);
            log.save(new Snapshot(index, log.term(index), membership.roster(), text));
            world.snapshots++;
        }
    }
}

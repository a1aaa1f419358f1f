package dev.rota.coordinator.journal;

import dev.rota.coordinator.journal.Ballots.Ballot;
import dev.rota.coordinator.port.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Several members with their logs on disks that lose what they may, a network that delays and breaks, the library's kind of election,
 * and members that come and go; one event after the other, every promise of Raft checked after each.
 */
final class ConsensusWorld {
    private static final long RESEND_NANOS = 300;
    private static final int SEGMENT_BYTES = 1500;
    private static final int SPARE = 2;

    private final Random random;
    private final Plant plant;
    private final SortedMap<String, Node> nodes = new TreeMap<>();
    private final Map<Long, String> applied = new TreeMap<>();
    private final Map<Long, String> leaders = new HashMap<>();
    private final Set<String> acknowledged = new TreeSet<>();
    private final Map<String, List<Runnable>> links = new TreeMap<>();
    private final Set<String> broken = new TreeSet<>();
    private final List<String> trace = new ArrayList<>();
    private long now;
    private int proposals;
    int powerLosses;
    int snapshots;
    int installs;
    int changes;

    /** A mistake put in on purpose, to prove that it would be noticed. */
    enum Plant {
        NONE,
        /** Disks that do not keep what was synced. */
        LYING_DISKS,
        /** Anybody who has collected votes leads, whatever is in its log. */
        ANY_LEADER,
        /** Votes are not written down. */
        FORGOTTEN_VOTES,
        /** Whoever holds an election counts by its own list of members. */
        HOLDERS_LIST,
        /** A new list of members counts for its leader only once it is committed, as an entry does. */
        LATE_LISTS
    }

    ConsensusWorld(long seed, int members, Plant plant) {
        random = new Random(seed);
        this.plant = plant;
        SortedMap<String, String> founders = new TreeMap<>();
        for (int i = 1; i <= members + SPARE; i++) {
            nodes.put("c" + i, new Node("c" + i));
            if (i <= members) {
                founders.put("c" + i, incarnation("c" + i));
            }
        }
        Roster first = new Roster("sim", founders);
        nodes.values().forEach(n -> n.found(first));
        nodes.values().forEach(Node::start);
        reconnect();
    }

    private static String incarnation(String name) {
        return "first-" + name;
    }

    /** A member: what a coordinator is to its journal. */
    private final class Node implements Replication.Member {
        private final String name;
        private final SimDisk disk;
        private RecordLog log;
        private Replication replication;
        private Membership membership;
        private boolean changing;
        private boolean removed;
        private List<String> state = new ArrayList<>();
        private boolean up;
        private int life;
        private long voted;

        @SuppressWarnings("NullAway.Init") // started before anything is asked
        Node(String name) {
            this.name = name;
            this.disk = new SimDisk(random);
            if (plant == Plant.LYING_DISKS) {
                disk.lie();
            }
        }

        void found(Roster first) {
            try {
                new MemberIdentity(name, incarnation(name), first).store(disk);
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
                        MemberIdentity.open(disk, name, incarnation(name), name),
                        List.copyOf(nodes.keySet()));
                log = RecordLog.open(disk, SEGMENT_BYTES);
                replication = new Replication(name, log, this, RESEND_NANOS);
                replication.replay();
                up = true;
                voted = log.vote() == null
                        ? 0
                        : ByteBuffer.wrap(Objects.requireNonNull(log.vote())).getLong();
                note(name + " starts at " + log.last() + ", committed " + replication.committed());
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
                            Objects.requireNonNull(nodes.get(other)).membership.introduction());
                } catch (JournalException e) {
                    throw new AssertionError(e);
                }
            }
        }

        void stop() {
            up = false;
            life++;
            links.forEach((link, queue) -> {
                if (link.startsWith(name + ">") || link.endsWith(">" + name)) {
                    queue.clear();
                }
            });
            reconnect();
        }

        void attempt(Action action) {
            if (!up) {
                return;
            }
            try {
                action.run();
            } catch (IOException e) {
                note(name + " stops: " + e.getMessage());
                if (e instanceof DamagedJournalException) {
                    throw new AssertionError(e.getMessage(), e);
                }
                stop();
            }
        }

        @Override
        public Collection<String> voters() {
            return plant == Plant.LATE_LISTS ? membership.roster().voters().keySet() : membership.voters();
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
            ConsensusWorld.this.send(name, to, message);
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
            String before = applied.putIfAbsent(index, text);
            if (before != null && !before.equals(text)) {
                throw new AssertionError("record " + index + " is " + before + " here and " + text + " on " + name);
            }
            state.add(text);
            if (replication != null && replication.leading()) {
                acknowledged.add(text);
            }
        }

        @Override
        public void restore(Snapshot snapshot) {
            note(name + " takes over a snapshot up to " + snapshot.index());
            membership.restored(snapshot.roster());
            state = new ArrayList<>(
                    new String(snapshot.state(), StandardCharsets.UTF_8).lines().toList());
            installs++;
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
                replication.answered(from, r, now);
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
            String other = leaders.putIfAbsent(term, name);
            if (other != null) {
                throw new AssertionError(other + " and " + name + " lead term " + term);
            }
            note(name + " leads term " + term + " for " + membership.voters());
            replication.lead(term, reachable(name));
            changing = true;
            replication.propose(
                    List.of(
                            Frame.epoch(term).toBytes(),
                            Frame.roster(membership.newest()).toBytes()),
                    now);
        }

        /** One more member, or one less. */
        void change() throws IOException {
            boolean may = replication.leading() && !changing && log.term(replication.committed()) == log.currentTerm();
            if (!may) {
                return;
            }
            Roster before = membership.newest();
            String other = pick().name;
            boolean remove = before.voters().containsKey(other);
            if (remove && before.voters().size() < 3) {
                return;
            }
            Roster after = remove ? before.without(other) : before.with(other, incarnation(other));
            note(name + " changes the members to " + after.voters().keySet());
            changing = true;
            changes++;
            replication.propose(List.of(Frame.roster(after).toBytes()), now);
        }

        Ballot ballot() {
            Rpc.Introduction who = membership.introduction();
            return new Ballot(
                    name, plant == Plant.LATE_LISTS ? as(who, membership.roster()) : who, log.lastTerm(), log.last());
        }

        /** A leader that is not a member any more gives up its place. */
        void settle() {
            if (removed && replication.leading()) {
                note(name + " is not a member any more");
                replication.follow();
            }
        }

        void propose() throws IOException {
            if (replication.leading()) {
                List<byte[]> some = new ArrayList<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    String text = "p" + proposals++ + "x".repeat(random.nextInt(100));
                    some.add(Frame.entry(text.getBytes(StandardCharsets.UTF_8)).toBytes());
                }
                replication.propose(some, now);
            }
        }

        void snapshot() throws IOException {
            if (replication.committed() > log.snapshotIndex()) {
                long index = replication.committed();
                byte[] text = String.join("\n", state).getBytes(StandardCharsets.UTF_8);
                log.save(new Snapshot(index, log.term(index), membership.roster(), text));
                snapshots++;
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private void send(String from, String to, Rpc message) {
        if (connected(from, to)) {
            // Through the bytes: what the wire loses, this loses.
            byte[] bytes = message.toBytes();
            Node receiver = Objects.requireNonNull(nodes.get(to));
            int life = receiver.life;
            links.computeIfAbsent(from + ">" + to, k -> new ArrayList<>()).add(() -> {
                if (receiver.life == life) {
                    receiver.attempt(() -> receiver.receive(from, Rpc.parse(ByteBuffer.wrap(bytes), from)));
                }
            });
        }
    }

    private boolean connected(String a, String b) {
        return !broken.contains(a) && !broken.contains(b) && Objects.requireNonNull(nodes.get(b)).up;
    }

    private Set<String> reachable(String from) {
        Set<String> all = new TreeSet<>(nodes.keySet());
        all.removeIf(n -> n.equals(from) || !connected(from, n));
        return all;
    }

    private void reconnect() {
        nodes.values().forEach(n -> {
            n.attempt(() -> n.meet(reachable(n.name)));
        });
    }

    /** One member of a part of the network collects votes, as the library's view coordinator does, and names the one with the longest log. */
    private void elect() throws IOException {
        Node holder = pick();
        if (!holder.up) {
            return;
        }
        long term = holder.log.currentTerm() + 1;
        holder.attempt(() -> holder.advance(term));
        if (!holder.up) {
            return;
        }
        Set<String> part = reachable(holder.name);
        part.add(holder.name);
        // After a restart its address is another one.
        long ballot = holder.name.charAt(1) * 1000L + holder.life;
        List<Node> votes = new ArrayList<>();
        for (String n : part) {
            Node voter = Objects.requireNonNull(nodes.get(n));
            if (random.nextInt(10) == 0 && voter != holder) {
                continue;
            }
            voter.attempt(() -> {
                if (term < voter.log.currentTerm()) {
                    return;
                }
                voter.advance(term);
                if (voter.voted == 0 || voter.voted == ballot || plant == Plant.FORGOTTEN_VOTES) {
                    voter.log.vote(term, ByteBuffer.allocate(8).putLong(ballot).array());
                    voter.voted = ballot;
                    votes.add(voter);
                }
            });
        }
        Optional<String> best = winner(holder, votes);
        if (best.isPresent() && random.nextInt(8) > 0) {
            Node leader = Objects.requireNonNull(nodes.get(best.get()));
            leader.attempt(() -> leader.lead(term));
        }
    }

    private Optional<String> winner(Node holder, List<Node> votes) {
        List<Ballot> ballots =
                votes.stream().filter(v -> v.up).map(Node::ballot).toList();
        if (plant == Plant.ANY_LEADER) {
            List<Ballot> alike = ballots.stream()
                    .map(b -> new Ballot(b.name(), b.who(), 0, 0))
                    .toList();
            return Ballots.winner(alike);
        } else if (plant == Plant.HOLDERS_LIST) {
            Roster list = holder.membership.newest();
            List<Ballot> counted = ballots.stream()
                    .filter(b -> list.voters().containsKey(b.name()))
                    .map(b -> new Ballot(b.name(), as(b.who(), list), b.lastTerm(), b.lastIndex()))
                    .toList();
            return Ballots.winner(counted);
        }
        return Ballots.winner(ballots);
    }

    private static Rpc.Introduction as(Rpc.Introduction who, Roster newest) {
        return new Rpc.Introduction(who.term(), who.incarnation(), who.configured(), who.roster(), newest);
    }

    private Node pick() {
        return List.copyOf(nodes.values()).get(random.nextInt(nodes.size()));
    }

    /** Lets so many things happen. */
    void run(int events) throws IOException {
        for (int i = 0; i < events; i++) {
            now += random.nextInt(20);
            step();
            nodes.values().forEach(Node::settle);
        }
    }

    private void step() throws IOException {
        int dice = random.nextInt(1000);
        if (dice < 600) {
            deliver();
        } else if (dice < 820) {
            nodes.values().forEach(n -> n.attempt(n::propose));
        } else if (dice < 850) {
            nodes.values().forEach(n -> n.attempt(n::change));
        } else if (dice < 930) {
            nodes.values().forEach(n -> n.attempt(() -> n.replication.tick(now)));
        } else if (dice < 945) {
            elect();
        } else if (dice < 960) {
            Node n = pick();
            n.attempt(n::snapshot);
        } else if (dice < 975) {
            partition();
        } else {
            fail();
        }
    }

    private void deliver() {
        List<String> waiting = links.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (!waiting.isEmpty()) {
            List<Runnable> link = Objects.requireNonNull(links.get(waiting.get(random.nextInt(waiting.size()))));
            Runnable next = link.get(0);
            // Now and then one arrives twice.
            if (random.nextInt(20) > 0) {
                link.remove(0);
            }
            next.run();
        }
    }

    private void partition() {
        broken.clear();
        if (random.nextBoolean()) {
            broken.add(pick().name);
            links.clear();
        }
        reconnect();
    }

    private void fail() {
        Node n = pick();
        int kind = random.nextInt(6);
        if (!n.up) {
            restart(n, kind < 3);
        } else if (kind == 0) {
            note(n.name + " is killed");
            n.stop();
        } else if (kind == 1) {
            note(n.name + " loses power");
            n.stop();
        } else if (kind == 2) {
            n.disk.cutAfter(random.nextInt(12));
        } else if (kind == 3) {
            n.disk.fill();
        } else if (kind == 4) {
            n.disk.failSync();
        } else {
            note("all lose power");
            nodes.values().forEach(Node::stop);
            nodes.values().forEach(m -> restart(m, true));
        }
    }

    private void restart(Node n, boolean powerLoss) {
        if (powerLoss) {
            n.disk.powerLoss();
            powerLosses++;
        } else {
            n.disk.repair();
        }
        n.start();
        reconnect();
    }

    /** Everything is repaired, and a leader found: then all are the same and nothing acknowledged is missing. */
    void settle() throws IOException {
        broken.clear();
        links.clear();
        for (Node n : nodes.values()) {
            if (n.up) {
                n.stop();
            }
        }
        nodes.values().forEach(n -> restart(n, true));
        for (int i = 0; i < 20_000 && !same(); i++) {
            now += 20;
            boolean led = nodes.values().stream().anyMatch(n -> n.up && n.replication.leading());
            if (!led) {
                elect();
            }
            nodes.values().forEach(n -> n.attempt(() -> n.replication.tick(now)));
            deliver();
            nodes.values().forEach(Node::settle);
        }
        if (!same()) {
            throw new AssertionError("not all members are the same at last: "
                    + nodes.values().stream().map(n -> n.replication.toString()).toList());
        }
        Set<String> all = new TreeSet<>(Objects.requireNonNull(nodes.get("c1")).state);
        for (String text : acknowledged) {
            if (!all.contains(text)) {
                throw new AssertionError("acknowledged and lost: " + text);
            }
        }
        for (Node n : nodes.values()) {
            if (new TreeSet<>(n.state).size() != n.state.size()) {
                throw new AssertionError("applied twice on " + n.name);
            }
        }
    }

    private boolean same() {
        Node first = Objects.requireNonNull(nodes.get("c1"));
        boolean led = nodes.values().stream()
                .anyMatch(n -> n.up && n.replication.leading() && n.replication.committed() == n.log.last());
        return led
                && nodes.values().stream()
                        .allMatch(n -> n.up
                                && n.state.equals(first.state)
                                && n.replication.committed() == first.replication.committed());
    }

    int acknowledged() {
        return acknowledged.size();
    }

    private void note(String line) {
        trace.add(now + " " + line);
    }

    List<String> trace() {
        return trace;
    }
}

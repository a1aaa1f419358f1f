package dev.rota.coordinator.journal;

import dev.rota.coordinator.journal.Ballots.Ballot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
    static final long RESEND_NANOS = 300;
    static final int SEGMENT_BYTES = 1500;
    private static final int SPARE = 2;

    final Random random;
    final Plant plant;
    final SortedMap<String, ConsensusNode> nodes = new TreeMap<>();
    final Map<Long, String> applied = new TreeMap<>();
    final Map<Long, String> leaders = new HashMap<>();
    final Set<String> acknowledged = new TreeSet<>();
    final Map<String, List<Runnable>> links = new TreeMap<>();
    private final Set<String> broken = new TreeSet<>();
    private final List<String> trace = new ArrayList<>();
    long now;
    int proposals;
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
            nodes.put("c" + i, new ConsensusNode("c" + i, this));
            if (i <= members) {
                founders.put("c" + i, incarnation("c" + i));
            }
        }
        Roster first = new Roster("sim", founders);
        nodes.values().forEach(n -> n.found(first));
        nodes.values().forEach(ConsensusNode::start);
        reconnect();
    }

    static String incarnation(String name) {
        return "first-" + name;
    }

    interface Action {
        void run() throws IOException;
    }

    void send(String from, String to, Rpc message) {
        if (connected(from, to)) {
            // Through the bytes: what the wire loses, this loses.
            byte[] bytes = message.toBytes();
            ConsensusNode receiver = Objects.requireNonNull(nodes.get(to));
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

    Set<String> reachable(String from) {
        Set<String> all = new TreeSet<>(nodes.keySet());
        all.removeIf(n -> n.equals(from) || !connected(from, n));
        return all;
    }

    void reconnect() {
        nodes.values().forEach(n -> {
            n.attempt(() -> n.meet(reachable(n.name)));
        });
    }

    /** One member of a part of the network collects votes, as the library's view coordinator does, and names the one with the longest log. */
    private void elect() throws IOException {
        ConsensusNode holder = pick();
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
        List<ConsensusNode> votes = new ArrayList<>();
        for (String n : part) {
            ConsensusNode voter = Objects.requireNonNull(nodes.get(n));
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
            ConsensusNode leader = Objects.requireNonNull(nodes.get(best.get()));
            leader.attempt(() -> leader.lead(term));
        }
    }

    private Optional<String> winner(ConsensusNode holder, List<ConsensusNode> votes) {
        List<Ballot> ballots =
                votes.stream().filter(v -> v.up).map(ConsensusNode::ballot).toList();
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

    static Rpc.Introduction as(Rpc.Introduction who, Roster newest) {
        return new Rpc.Introduction(who.term(), who.incarnation(), who.configured(), who.roster(), newest);
    }

    ConsensusNode pick() {
        return List.copyOf(nodes.values()).get(random.nextInt(nodes.size()));
    }

    /** Lets so many things happen. */
    void run(int events) throws IOException {
        for (int i = 0; i < events; i++) {
            now += random.nextInt(20);
            step();
            nodes.values().forEach(ConsensusNode::settle);
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
            ConsensusNode n = pick();
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
        ConsensusNode n = pick();
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
            nodes.values().forEach(ConsensusNode::stop);
            nodes.values().forEach(m -> restart(m, true));
        }
    }

    private void restart(ConsensusNode n, boolean powerLoss) {
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
        for (ConsensusNode n : nodes.values()) {
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
            nodes.values().forEach(ConsensusNode::settle);
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
        for (ConsensusNode n : nodes.values()) {
            if (new TreeSet<>(n.state).size() != n.state.size()) {
                throw new AssertionError("applied twice on " + n.name);
            }
        }
    }

    private boolean same() {
        ConsensusNode first = Objects.requireNonNull(nodes.get("c1"));
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

    void note(String line) {
        trace.add(now + " " + line);
    }

    List<String> trace() {
        return trace;
    }
}

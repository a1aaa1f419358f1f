package dev.rota.coordinator.journal;

import dev.rota.coordinator.port.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who belongs to the cluster of journals, and whether this member may vote in it.
 *
 * <p>Members that have never started introduce themselves to each other, and begin a cluster once all that are configured are there
 * and agree. After that a member is known by the incarnation of its data directory: one that comes back empty is somebody else, whose
 * vote does not count, and which does not begin another cluster. The newest list in this member's log counts, committed or not
 * (Ongaro, dissertation, section 4.1). Used with {@link SafeRaft}'s lock held.
 */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final String path;
    private final JournalFiles files;
    private final List<String> configured;
    private final SortedMap<String, Rpc.Introduction> introduced = new TreeMap<>();
    /** Lists in the log that are not known to be committed, by the index of their record. */
    private final NavigableMap<Long, Roster> pending = new TreeMap<>();

    private MemberIdentity identity;
    /** As committed. */
    private Roster roster;

    private String said = "";

    /** @param path begins every message; {@code configured}: the names of all members, in order */
    Membership(String path, JournalFiles files, MemberIdentity identity, List<String> configured) {
        this.path = path;
        this.files = files;
        this.identity = identity;
        this.configured = configured.stream().sorted().toList();
        this.roster = identity.roster();
    }

    /** Begins a cluster of this member alone; nothing happens when it is one already. */
    void beginAlone() throws IOException, JournalException {
        if (!roster.known()) {
            begin(new Roster(identity.incarnation(), new TreeMap<>(Map.of(identity.name(), identity.incarnation()))));
        }
    }

    /**
     * Says so when this member is configured with others than those that belong to the cluster.
     *
     * @throws JournalException when it is configured to be alone, and there are others
     */
    void compareConfigured(boolean alone) throws JournalException {
        if (alone) {
            requireAlone();
        } else if (newest().known() && !configured.equals(voters())) {
            LOG.warn(
                    "journal {}: configured are the coordinators {}, but {} belong to the cluster; correct coordinators:"
                            + " in this one's configuration, or use rota coordinators add or remove",
                    path,
                    String.join(", ", configured),
                    String.join(", ", voters()));
        }
    }

    private void requireAlone() throws JournalException {
        if (!roster.voters().keySet().equals(Set.of(identity.name()))) {
            throw new JournalException("journal " + path + ": belongs to the coordinators "
                    + String.join(", ", roster.voters().keySet()) + ", but none is configured beside "
                    + identity.name()
                    + "; list them under coordinators:, or remove them with rota coordinators remove first");
        }
    }

    private void begin(Roster with) throws IOException {
        identity = identity.begun(with);
        identity.store(files);
        roster = with;
    }

    Rpc.Introduction introduction() {
        return new Rpc.Introduction(0, identity.incarnation(), configured, roster, newest());
    }

    /** Who votes, as committed. */
    Roster roster() {
        return roster;
    }

    /** Who votes, by the last list in this member's log. */
    Roster newest() {
        return pending.isEmpty() ? roster : pending.lastEntry().getValue();
    }

    /** Names of those who vote; before that is known, those who are configured. */
    List<String> voters() {
        return newest().known() ? List.copyOf(newest().voters().keySet()) : configured;
    }

    boolean votes() {
        return newest().has(identity.name(), identity.incarnation());
    }

    /** Whether it is committed that this member does not vote. */
    boolean removed() {
        return pending.isEmpty() && roster.known() && !votes();
    }

    /** The newest lists of this member and of all it is connected with; an election has to hear them all. */
    List<Roster> rosters() {
        return Stream.concat(
                        Stream.of(newest()),
                        introduced.values().stream()
                                .map(Rpc.Introduction::newest)
                                .filter(theirs -> theirs.cluster().equals(roster.cluster())))
                .filter(Roster::known)
                .toList();
    }

    /** Who can be reached now; who comes back introduces itself again. */
    void connected(Set<String> names) {
        introduced.keySet().retainAll(names);
    }

    /** Whether a member that is connected has said that it is the one that votes. */
    boolean confirms(String name) {
        Rpc.Introduction who = introduced.get(name);
        return who != null && newest().has(name, who.incarnation());
    }

    /** The incarnation of a member that has introduced itself. */
    Optional<String> incarnation(String name) {
        return Optional.ofNullable(introduced.get(name)).map(Rpc.Introduction::incarnation);
    }

    /** A list stands in the log. */
    void appended(long index, Roster list) {
        pending.put(index, list);
    }

    /** The records from an index on are gone; answers whether there was a list among them. */
    boolean cut(long index) {
        NavigableMap<Long, Roster> gone = pending.tailMap(index, true);
        boolean any = !gone.isEmpty();
        gone.clear();
        return any;
    }

    /** All of the log is in a snapshot. */
    void restored(Roster list) {
        pending.clear();
        roster = list;
    }

    /** The list at this index is committed. */
    void committed(long index, Roster changed) {
        pending.headMap(index, true).clear();
        if (!changed.equals(roster)) {
            LOG.info(
                    "journal {}: the voting coordinators are {}",
                    path,
                    String.join(", ", changed.voters().keySet()));
        }
        roster = changed;
    }

    /**
     * Somebody has said who they are.
     *
     * @throws JournalException when this member cannot be part of that cluster
     */
    void introduced(String name, Rpc.Introduction who) throws IOException, JournalException {
        introduced.put(name, who);
        if (roster.known()) {
            compare(name, who);
            return;
        }
        for (Map.Entry<String, Rpc.Introduction> e : introduced.entrySet()) {
            Roster theirs = e.getValue().roster();
            if (theirs.known()) {
                join(e.getKey(), theirs);
                return;
            }
        }
        beginTogether();
    }

    private void compare(String name, Rpc.Introduction who) throws JournalException {
        Roster theirs = who.roster();
        if (theirs.known() && !theirs.cluster().equals(roster.cluster())) {
            throw new JournalException(
                    "journal " + path + ": coordinator " + name
                            + " has a journal of another cluster; one of the two has the data directory or the address of a stranger");
        }
        boolean replaced = roster.voters().containsKey(name) && !roster.has(name, who.incarnation());
        if (replaced) {
            once("coordinator " + name
                    + " has come back with another data directory and does not vote; remove it with rota"
                    + " coordinators remove " + name + ", then add it again");
        }
    }

    private void join(String other, Roster theirs) throws IOException, JournalException {
        String name = identity.name();
        if (theirs.has(name, identity.incarnation())) {
            begin(theirs);
        } else if (theirs.voters().containsKey(name)) {
            throw new JournalException("journal " + path + ": is empty, but the cluster of " + other
                    + " knows a coordinator " + name
                    + " with another data directory, and what it had confirmed is not here;"
                    + " bring that directory back, or replace the coordinator: rota coordinators remove " + name
                    + ", start this one, rota coordinators add " + name);
        } else {
            once("this coordinator is not a member yet; rota coordinators add " + name + " makes it one");
        }
    }

    private void beginTogether() throws IOException {
        SortedMap<String, String> all = new TreeMap<>();
        all.put(identity.name(), identity.incarnation());
        for (String name : configured) {
            Rpc.Introduction who = introduced.get(name);
            if (who != null) {
                if (!who.configured().equals(configured)) {
                    once("coordinator " + name + " is configured with the coordinators " + who.configured()
                            + ", this one with " + configured + "; make both the same");
                    return;
                }
                all.put(name, who.incarnation());
            }
        }
        if (all.size() < configured.size()) {
            once("the first start needs all coordinators; "
                    + configured.stream().filter(n -> !all.containsKey(n)).toList() + " did not answer yet");
            return;
        }
        begin(new Roster(digest(String.join(",", all.values())), all));
        LOG.info("journal {}: the coordinators {} begin a cluster", path, String.join(", ", configured));
    }

    private void once(String sentence) {
        if (!sentence.equals(said)) {
            said = sentence;
            LOG.warn("journal {}: {}", path, sentence);
        }
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.rota.coordinator.journal;

import dev.rota.coordinator.port.Journal.Member;
import dev.rota.coordinator.port.Journal.Role;
import dev.rota.coordinator.port.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Who is a member, and who may become or cease to be one: one change at a time. */
final class RosterChanges {
    private final String name;
    private final SafeRaft raft;
    private final Membership membership;
    private boolean underWay;

    RosterChanges(String name, SafeRaft raft, Membership membership) {
        this.name = name;
        this.raft = raft;
        this.membership = membership;
    }

    /** The list with one more voter, to be proposed at once; empty when it votes already. With the lock held. */
    Optional<Roster> adding(String added) throws JournalException {
        Roster now = membership.newest();
        if (now.voters().containsKey(added)) {
            return Optional.empty();
        }
        Optional<String> incarnation =
                raft.reachable().contains(added) ? membership.incarnation(added) : Optional.empty();
        if (incarnation.isEmpty()) {
            throw new JournalException("coordinator " + added + " is not connected to " + name
                    + "; configure it with the address of this one and start it first");
        }
        return begin(now.with(added, incarnation.get()));
    }

    /** The list with one voter less, to be proposed at once; empty when it does not vote. With the lock held. */
    Optional<Roster> removing(String removed) throws JournalException {
        Roster now = membership.newest();
        Roster fewer = now.without(removed);
        if (!fewer.known()) {
            throw new JournalException("coordinator " + removed + " is the last one and cannot be removed");
        }
        return fewer.equals(now) ? Optional.empty() : begin(fewer);
    }

    private Optional<Roster> begin(Roster changed) throws JournalException {
        if (underWay) {
            throw new JournalException("another change of the members is under way; try again");
        }
        underWay = true;
        return Optional.of(changed);
    }

    /** The last change is committed, or was another leader's. */
    void over() {
        underWay = false;
    }

    /** Has elections ask everybody who may have to be heard. With the lock held. */
    void electorate() {
        Set<String> asked = new TreeSet<>(membership.voters());
        int fewest = majority(asked.size());
        for (Roster known : membership.rosters()) {
            asked.addAll(known.voters().keySet());
            fewest = Math.min(fewest, majority(known.voters().size()));
        }
        raft.electorate(asked, fewest);
    }

    private static int majority(int voters) {
        return voters / 2 + 1;
    }

    /** All members by name, then those that only listen. */
    List<Member> members() {
        List<Member> all = new ArrayList<>();
        synchronized (raft.lock()) {
            Set<String> voters = new TreeSet<>(membership.voters());
            Set<String> reachable = new TreeSet<>(raft.reachable());
            reachable.add(name);
            Set<String> learners = new TreeSet<>(reachable);
            learners.removeAll(voters);
            String leader = raft.leaderName().orElse("");
            voters.forEach(v -> all.add(member(v, v.equals(leader) ? Role.LEADER : Role.FOLLOWER, reachable)));
            learners.forEach(l -> all.add(member(l, Role.LEARNER, reachable)));
        }
        return all;
    }

    private Member member(String who, Role role, Set<String> reachable) {
        long behind = raft.behind(who);
        return new Member(
                who, role, reachable.contains(who), behind < 0 ? OptionalLong.empty() : OptionalLong.of(behind));
    }
}

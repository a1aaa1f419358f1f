package dev.rota.coordinator.journal;

import java.util.List;
import java.util.Optional;

/**
 * Whom the votes of one term make the leader. A vote counts for a member only if that member's own newest list of voters has it, and
 * only if the voter's log does not end behind the member's: then every list and every entry that is committed is in the leader's log
 * (Ongaro, dissertation, sections 3.6.1 and 4.1).
 */
final class Ballots {
    private Ballots() {}

    /**
     * One member's vote.
     *
     * @param who the voter, with the newest list in its log
     * @param lastTerm term of the last record of its log
     * @param lastIndex index of that record
     */
    record Ballot(String name, Rpc.Introduction who, long lastTerm, long lastIndex) {
        private boolean counts(Roster roster) {
            return roster.has(name, who.incarnation());
        }

        private boolean behind(Ballot other) {
            return lastTerm != other.lastTerm ? lastTerm < other.lastTerm : lastIndex < other.lastIndex;
        }
    }

    /** The member with the longest log among those that a majority of their own voters stands behind; the first where several are alike. */
    static Optional<String> winner(List<Ballot> ballots) {
        return winner(ballots, Optional.empty());
    }

    /** The same, but another one than {@code resigned}, whose vote counts all the same. */
    static Optional<String> winner(List<Ballot> ballots, Optional<String> resigned) {
        Optional<Ballot> best = Optional.empty();
        for (Ballot candidate : ballots) {
            boolean may = !resigned.equals(Optional.of(candidate.name));
            if (may
                    && elected(candidate, ballots)
                    && (best.isEmpty() || best.get().behind(candidate))) {
                best = Optional.of(candidate);
            }
        }
        return best.map(Ballot::name);
    }

    private static boolean elected(Ballot candidate, List<Ballot> ballots) {
        Roster voters = candidate.who.newest();
        long votes = ballots.stream()
                .filter(b -> b.counts(voters) && !candidate.behind(b))
                .count();
        return candidate.counts(voters) && 2 * votes > voters.voters().size();
    }
}

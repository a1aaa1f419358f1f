package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a rollout knows about the nodes from the steps it has taken.
 *
 * @param outOfService taken out and not verified back; each holds a slot
 * @param left left the cluster in this rollout and not joined back
 * @param down stopped in this rollout and not started
 * @param backedUp a verified backup was taken in this rollout
 * @param verified passed the health gate since they were last taken out
 * @param upgraded passed the health gate with the new version
 * @param confirmed manual steps that a person has confirmed, by id
 */
public record Facts(
        SortedSet<String> outOfService,
        SortedSet<String> left,
        SortedSet<String> down,
        SortedSet<String> backedUp,
        SortedSet<String> verified,
        SortedSet<String> upgraded,
        SortedSet<String> confirmed) {
    /** Copies the sets. */
    public Facts {
        outOfService = Frozen.copyOf(outOfService);
        left = Frozen.copyOf(left);
        down = Frozen.copyOf(down);
        backedUp = Frozen.copyOf(backedUp);
        verified = Frozen.copyOf(verified);
        upgraded = Frozen.copyOf(upgraded);
        confirmed = Frozen.copyOf(confirmed);
    }

    /** At the start of a rollout. */
    static Facts none() {
        SortedSet<String> no = new TreeSet<>();
        return new Facts(no, no, no, no, no, no, no);
    }

    /** Whether the node's product is expected to run as a member of the cluster. */
    public boolean member(String node) {
        return !left.contains(node) && !down.contains(node);
    }

    /** Whether clients are expected to reach the node. */
    public boolean serving(String node) {
        return member(node) && !outOfService.contains(node);
    }

    Facts takenOut(String node) {
        return new Facts(
                Frozen.with(outOfService, node),
                left,
                down,
                backedUp,
                Frozen.without(verified, node),
                upgraded,
                confirmed);
    }

    Facts backInService(String node) {
        return new Facts(Frozen.without(outOfService, node), left, down, backedUp, verified, upgraded, confirmed);
    }

    Facts verified(String node) {
        return new Facts(
                outOfService,
                left,
                down,
                backedUp,
                Frozen.with(verified, node),
                Frozen.with(upgraded, node),
                confirmed);
    }

    /** Passed the health gate with the version it had before. */
    Facts verifiedBack(String node) {
        return new Facts(
                outOfService,
                left,
                down,
                backedUp,
                Frozen.with(verified, node),
                Frozen.without(upgraded, node),
                confirmed);
    }

    /** Its turn is taken back: what it has proven so far counts no more. */
    Facts turnedBack(String node) {
        return new Facts(
                outOfService,
                left,
                down,
                backedUp,
                Frozen.without(verified, node),
                Frozen.without(upgraded, node),
                confirmed);
    }

    Facts confirmed(String step) {
        return new Facts(outOfService, left, down, backedUp, verified, upgraded, Frozen.with(confirmed, step));
    }

    /** At the start of the next hop: what was backed up, verified and upgraded was so for the hop before. */
    Facts nextHop() {
        SortedSet<String> no = new TreeSet<>();
        return new Facts(outOfService, left, down, no, no, no, confirmed);
    }

    /** What a finished phase changes. */
    Facts after(Phase phase, String node, boolean hasBackup) {
        return switch (phase) {
            case BACKUP ->
                hasBackup
                        ? new Facts(
                                outOfService, left, down, Frozen.with(backedUp, node), verified, upgraded, confirmed)
                        : this;
            case LEAVE ->
                new Facts(outOfService, Frozen.with(left, node), down, backedUp, verified, upgraded, confirmed);
            case STOP ->
                new Facts(outOfService, left, Frozen.with(down, node), backedUp, verified, upgraded, confirmed);
            case START ->
                new Facts(outOfService, left, Frozen.without(down, node), backedUp, verified, upgraded, confirmed);
            case JOIN ->
                new Facts(outOfService, Frozen.without(left, node), down, backedUp, verified, upgraded, confirmed);
            default -> this;
        };
    }
}

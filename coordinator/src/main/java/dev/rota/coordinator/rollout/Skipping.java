package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What may be left out of a rollout. A step of a turn never may: only the whole turn, before it has changed anything, and what has no
 * bearing on safety. An undrain that was done by hand needs no skip: its retry finds it done.
 */
final class Skipping {
    private static final Set<Phase> WITHOUT_BEARING = EnumSet.of(Phase.ANNOUNCE, Phase.CLEANUP);

    private Skipping() {}

    /** Why going on without the node's step, or its turn, is not safe, if it is not. */
    static Optional<String> obstacle(RolloutState s, String node, Stuck stuck) {
        if (s.back().containsKey(node)) {
            return Optional.of(node + " goes back, and nothing of that may be left out");
        }
        if (withoutBearing(s, node, stuck)) {
            return Optional.empty();
        }
        if (s.hop().mode() != Mode.SOFT) {
            return Optional.of("in a full stop no node may stay behind");
        }
        if (WayBackFrom.tookEffect(s, node)) {
            return Optional.of(node + " is no longer as it was before its turn, which "
                    + stuck.phase().label() + " is a part of");
        }
        boolean lastHop = s.plan().endOf(s.hop()) == s.plan().batches().size();
        return lastHop
                ? Optional.empty()
                : Optional.of("the way goes on beyond " + s.hop().to() + ", and " + node + " would be left behind on "
                        + s.hop().from() + ": a cluster holds at most two versions");
    }

    private static boolean withoutBearing(RolloutState s, String node, Stuck stuck) {
        return WITHOUT_BEARING.contains(stuck.phase()) || Outstanding.undoes(s, node, stuck.step());
    }

    /** Goes on without. */
    static RolloutState skip(RolloutState s, String node, Stuck stuck, String by, Instant now) {
        boolean turn = !withoutBearing(s, node, stuck);
        return s.with(new Skip(node, stuck.phase(), turn, by, now)).with(node, turn ? stuck.leaveOut() : stuck.skip());
    }

    /** What is left out, for an operator. */
    static String effect(RolloutState s, String node, Stuck stuck) {
        if (Outstanding.undoes(s, node, stuck.step())) {
            return "go on without; what " + stuck.phase().label() + " did on " + node
                    + " stays on record, and 'rota doctor' shows it";
        }
        return WITHOUT_BEARING.contains(stuck.phase())
                ? "go on without " + stuck.phase().label() + " of " + node
                : "go on without " + node + ", which stays as it is";
    }
}

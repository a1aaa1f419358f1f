package dev.rota.coordinator.sim;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.StepKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides what goes wrong, and when it has been enough: the cause of every failure is removed at last. */
final class Chaos {
    private static final List<Fault> FAULTS = List.copyOf(EnumSet.complementOf(EnumSet.of(Fault.NONE)));

    private final Mode mode;
    private final Schedule schedule;
    /** If there are any, nothing else goes wrong. */
    private final Map<StepKey, Fault> given;

    private final Map<String, Fault> decided = new TreeMap<>();
    private int budget;
    /** With two of them an agent may never have heard of the leader in between, and no term tells it that an order is old. */
    private int lateOrders;

    private Chaos(Mode mode, Schedule schedule, Map<StepKey, Fault> given, int budget) {
        this.mode = mode;
        this.schedule = schedule;
        this.given = given;
        this.budget = budget;
    }

    /** One fault at one step. */
    static Chaos at(Mode mode, Schedule schedule, StepKey key, Fault fault) {
        return at(mode, schedule, Map.of(key, fault));
    }

    /** Each fault at its step. */
    static Chaos at(Mode mode, Schedule schedule, Map<StepKey, Fault> given) {
        return new Chaos(mode, schedule, given, 0);
    }

    /** So many faults at random. */
    static Chaos random(Mode mode, Schedule schedule, int budget) {
        return new Chaos(mode, schedule, Map.of(), budget);
    }

    /** What goes wrong with this step: the same answer however often it is asked. */
    Fault of(StepKey key) {
        Fault f = decided.computeIfAbsent(key.toString(), k -> decide(key));
        boolean none = (f == Fault.CLAIMS_EFFECT && !claimable(key.phase()))
                || (f == Fault.HALF_DONE && key.phase() != Phase.JOIN);
        return none ? Fault.NONE : f;
    }

    /** A full stop without a health gate right after it relies on the agent's own proof that the new release is in place. */
    private boolean claimable(Phase phase) {
        return phase == Phase.START || phase == Phase.JOIN || (phase == Phase.INSTALL && mode == Mode.SOFT);
    }

    private Fault decide(StepKey key) {
        if (!given.isEmpty()) {
            return given.getOrDefault(key, Fault.NONE);
        }
        Fault f = spend(12) ? FAULTS.get(schedule.random(FAULTS.size())) : Fault.NONE;
        if (f == Fault.OLD_LEADER_ORDERS_LATE && lateOrders++ > 0) {
            return Fault.NONE;
        }
        return f;
    }

    /** From now on all goes well. */
    void enough() {
        budget = 0;
    }

    /** Whether something else goes wrong now. */
    boolean spend(int percent) {
        if (budget > 0 && schedule.chance(percent)) {
            budget--;
            return true;
        }
        return false;
    }
}

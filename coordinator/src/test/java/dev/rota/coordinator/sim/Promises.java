package dev.rota.coordinator.sim;

import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.StepRecord;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What operators and agents were told is done: rule 14 says that it stays so. */
final class Promises {
    private static final String RULE = "14 what was acknowledged survives";

    private final World world;
    private final SortedSet<String> requests = new TreeSet<>();
    private final SortedMap<String, StepRecord> results = new TreeMap<>();

    Promises(World world) {
        this.world = world;
    }

    /** An operator was told that the request is granted. */
    void granted(String request) {
        requests.add(request);
        check(world.committed(), request);
    }

    /** An agent was told that it may forget its result. */
    void acknowledged(StepKey key, Outcome outcome) {
        RolloutState r = world.rollout();
        if (r.node(key.node()) instanceof NodeState.Working w
                && w.phase() == key.phase()
                && w.attempt() == key.attempt()) {
            throw new Breach(RULE, "the result of " + key + " is acknowledged and still awaited");
        }
        record(r, key).ifPresent(s -> {
            if (s.outcome() != outcome) {
                throw new Breach(RULE, key + " ended " + outcome + " and is recorded as " + s.outcome());
            }
            results.put(key.toString(), s);
        });
    }

    private static Optional<StepRecord> record(RolloutState r, StepKey key) {
        return r.history().stream()
                .filter(s -> s.node().equals(key.node())
                        && s.phase() == key.phase()
                        && s.attempt() == key.attempt()
                        && s.gate().isEmpty())
                .findFirst();
    }

    private static void check(CoordinatorState state, String request) {
        if (!state.requests().containsKey(request)) {
            throw new Breach(RULE, "request " + request + " was granted and is not recorded");
        }
    }

    /** All of it is in the state at the end. */
    void end(CoordinatorState state, RolloutState rollout) {
        requests.forEach(r -> check(state, r));
        results.forEach((key, s) -> {
            if (!rollout.history().contains(s)) {
                throw new Breach(RULE, "the result of " + key + " is lost");
            }
        });
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.coordinator.rollout.NodeState.Gating;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is kept of a gate: how often its result flipped, and its last problems with when they came. */
public final class GateFacts {
    private GateFacts() {}

    /** By name, as reports show it; empty when nothing ever kept it from holding. */
    public static SortedMap<String, String> of(Gating g) {
        SortedMap<String, String> facts = new TreeMap<>();
        GateTrace trace = g.trace();
        if (trace.changes().stream().allMatch(GateTrace.Change::holds)) {
            return facts;
        }
        facts.put("flips", Integer.toString(trace.flips()));
        List<GateTrace.Change> changes = trace.changes();
        for (int i = 0; i < changes.size(); i++) {
            GateTrace.Change c = changes.get(i);
            facts.put("change." + (i + 1), c.at() + " " + (c.holds() ? "holds" : String.join("; ", c.problems())));
        }
        return facts;
    }
}

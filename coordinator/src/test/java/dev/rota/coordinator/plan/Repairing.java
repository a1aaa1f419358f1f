package dev.rota.coordinator.plan;

import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Working;
import dev.rota.coordinator.rollout.RolloutState;
import java.time.Instant;
import java.util.Map;

/** Takes a rollout of any id to its end; everything goes well. */
final class Repairing {
    private static final int MOST = 200;

    private Repairing() {}

    static Drive drive(CoordinatorState state, String id, Instant from) {
        Drive d = Drive.at(state, from);
        Instant now = from;
        for (int i = 0; i < MOST; i++) {
            RolloutState r = d.state().rollout(id).orElseThrow();
            if (r.status().ended()) {
                return d;
            }
            now = now.plusSeconds(1);
            for (Map.Entry<String, NodeState> e : r.nodes().entrySet()) {
                if (e.getValue() instanceof Working w) {
                    Event done = new Event.StepReported(
                            new StepKey(id, e.getKey(), w.phase(), w.attempt()),
                            Drive.report(Outcome.DONE, false),
                            now);
                    d.apply(new Entry.RolloutChanged("", id, r.revision(), done));
                    break;
                } else if (e.getValue() instanceof Gating g) {
                    Event looked = new Event.Looked(e.getKey(), g.purpose(), g.attempt(), Drive.view(r, now), now);
                    d.apply(new Entry.RolloutChanged("", id, r.revision(), looked));
                    break;
                }
            }
        }
        throw new AssertionError("never ended: " + d.state().rollout(id));
    }
}

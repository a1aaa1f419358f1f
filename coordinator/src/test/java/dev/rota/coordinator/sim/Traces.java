package dev.rota.coordinator.sim;

import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.RolloutState;

/** One line for what was committed. */
final class Traces {
    private Traces() {}

    static String describe(Entry.RolloutChanged entry, RolloutState after) {
        Event event = entry.event();
        String what = event instanceof Event.StepReported s
                ? s.key() + " " + s.report().outcome()
                : event instanceof Event.Looked l
                        ? "look " + l.node() + " " + l.purpose()
                        : event instanceof Event.Controlled c
                                ? c.control().name()
                                : event.getClass().getSimpleName();
        return what + " -> " + after.revision() + " " + after.status().label() + " batch " + after.batch();
    }
}

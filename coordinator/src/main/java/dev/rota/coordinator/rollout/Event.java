package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.ProbeSpan;
import dev.rota.coordinator.domain.Sight;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Something that happened to a rollout. Times come from the leader's clock. */
public sealed interface Event {
    /** When, by the leader's clock. */
    Instant at();

    /** The rollout begins. */
    record Began(Instant at) implements Event {}

    /** An agent answered a step. */
    record StepReported(StepKey key, StepReport report, Instant at) implements Event {}

    /**
     * The cluster was looked at for a node's gate.
     *
     * @param view by node; a node that did not answer is missing
     * @param sight what was seen from outside the nodes
     */
    record Looked(
            String node,
            GatePurpose purpose,
            int attempt,
            SortedMap<String, NodeObservation> view,
            Sight sight,
            Instant at)
            implements Event {
        /** Copies the view. */
        public Looked {
            view = Collections.unmodifiableSortedMap(new TreeMap<>(view));
        }

        /** Where only the nodes were looked at. */
        public Looked(
                String node, GatePurpose purpose, int attempt, SortedMap<String, NodeObservation> view, Instant at) {
            this(node, purpose, attempt, view, Sight.none(), at);
        }
    }

    /**
     * The service was probed from outside.
     *
     * @param spans since the last of these events, oldest first
     */
    record Probed(List<ProbeSpan> spans, Instant at) implements Event {
        /** Copies the spans. */
        public Probed {
            spans = List.copyOf(spans);
        }
    }

    /** Time has passed; deadlines are looked at. */
    record TimePassed(Instant at) implements Event {}

    /** An operator asked for something. */
    record Controlled(Control control, String by, Instant at) implements Event {}

    /**
     * A person says that manual steps are done or not needed.
     *
     * @param steps by id; empty: all the rollout waits for
     */
    record Confirmed(List<String> steps, String by, Instant at) implements Event {
        /** Copies the steps. */
        public Confirmed {
            steps = List.copyOf(steps);
        }
    }

    /** What an operator may ask of a rollout. */
    enum Control {
        PAUSE,
        RESUME,
        ABORT,
        RETRY,
        /** Take the turn of the nodes the rollout is held by back, then end it. */
        ROLLBACK,
        /** The same, and then take back every node that was upgraded before, the last one first. */
        ROLLBACK_ALL,
        /** Go on without what the rollout is held by. */
        SKIP
    }
}

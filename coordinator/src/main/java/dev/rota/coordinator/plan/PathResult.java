package dev.rota.coordinator.plan;

import java.util.List;

/** The way from one version to another, or why there is none. */
public sealed interface PathResult {
    /**
     * The way.
     *
     * @param hops in order, each from where the one before ended; none when there is nowhere to go
     */
    record Found(List<Hop> hops) implements PathResult {
        /** Copies the hops. */
        public Found {
            hops = List.copyOf(hops);
        }
    }

    /**
     * No way.
     *
     * @param code PATH_FORBIDDEN or DOWNGRADE
     * @param sentence what is in the way and what to do next
     * @param instead the stepping stones to take, in order, each a version or its leading numbers; empty when there are none
     */
    record Refused(String code, String sentence, List<String> instead) implements PathResult {
        /** Copies the stones. */
        public Refused {
            instead = List.copyOf(instead);
        }
    }
}

package dev.rota.coordinator.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that was broken before a rollout began.
 *
 * @param node the node it is about; empty: the service as seen by the outside probe
 * @param code stable word, as of a gate's problem
 * @param sentence for an operator, naming the node
 */
public record Known(String node, String code, String sentence) {
    /** A node does not serve. */
    public static final String NODE_UNHEALTHY = "NODE_UNHEALTHY";
    /** The service does not answer the outside probe as it should. */
    public static final String PROBE_FAILS = "PROBE_FAILS";
    /** An agent could not find something out. */
    public static final String AGENT_PROBLEM = "AGENT_PROBLEM";

    private static final int PROBLEMS_OF_NODE = 5;

    /**
     * What is broken now.
     *
     * @param nodes of the cluster, in order
     * @param view fresh observations by node
     * @param probeSays what is wrong with the service as seen from outside; empty: nothing, or it was not probed
     */
    public static List<Known> of(List<String> nodes, Map<String, NodeObservation> view, Optional<String> probeSays) {
        List<Known> all = new ArrayList<>();
        for (String node : nodes) {
            NodeObservation o = view.get(node);
            if (o == null) {
                continue;
            }
            if (!o.healthy()) {
                all.add(new Known(node, NODE_UNHEALTHY, node + " does not serve: " + o.unhealthyReason()));
            }
            o.problems().stream()
                    .limit(PROBLEMS_OF_NODE)
                    .forEach(p -> all.add(new Known(node, AGENT_PROBLEM, node + ": " + p)));
        }
        probeSays.ifPresent(said -> all.add(new Known("", PROBE_FAILS, "the outside probe fails: " + said)));
        return all;
    }
}

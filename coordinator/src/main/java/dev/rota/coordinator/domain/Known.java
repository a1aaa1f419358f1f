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
    private static final int PROBLEMS = 100;
    private static final int LONGEST = 300;

    /**
     * What is broken now: every node that does not serve, and the first hundred things agents could not find out.
     *
     * @param nodes of the cluster, in order
     * @param view fresh observations by node
     * @param probeSays what is wrong with the service as seen from outside; empty: nothing, or it was not probed
     */
    public static List<Known> of(List<String> nodes, Map<String, NodeObservation> view, Optional<String> probeSays) {
        List<Known> all = new ArrayList<>();
        List<Known> problems = new ArrayList<>();
        for (String node : nodes) {
            NodeObservation o = view.get(node);
            if (o == null) {
                continue;
            }
            if (!o.healthy()) {
                all.add(known(node, NODE_UNHEALTHY, node + " does not serve: " + o.unhealthyReason()));
            }
            o.problems().stream()
                    .limit(PROBLEMS_OF_NODE)
                    .forEach(p -> problems.add(known(node, AGENT_PROBLEM, node + ": " + p)));
        }
        all.addAll(problems.subList(0, Math.min(PROBLEMS, problems.size())));
        probeSays.ifPresent(said -> all.add(known("", PROBE_FAILS, "the outside probe fails: " + said)));
        return all;
    }

    private static Known known(String node, String code, String sentence) {
        String line = sentence.strip().replaceAll("\\p{Cntrl}+", " ");
        return new Known(node, code, line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line);
    }
}

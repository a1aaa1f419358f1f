package dev.rota.coordinator.rollout;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.RecordedNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What nodes should run, and in what they differ from it. */
public final class Drift {
    /** The code of the refusal. */
    public static final String CODE = "DRIFT";

    private Drift() {}

    /**
     * In what a node differs from what was recorded. A node that does not answer, or was seen before it was recorded, differs in nothing.
     *
     * @param recipeDigest of its agent's recipe; empty when that is not known
     */
    public static List<String> of(RecordedNode recorded, NodeObservation o, String recipeDigest) {
        List<String> all = new ArrayList<>();
        if (!o.at().isAfter(recorded.at()) || o.version().isEmpty()) {
            return all;
        }
        Version runs = o.version().get();
        if (!runs.equals(recorded.version())) {
            all.add("runs " + runs + ", " + recorded.version() + " was recorded");
        }
        if (differ(o.artifactSha256(), recorded.artifactSha256())) {
            all.add("runs from artifact " + shortDigest(o.artifactSha256()) + ", "
                    + shortDigest(recorded.artifactSha256()) + " was recorded");
        }
        if (differ(recipeDigest, recorded.recipeDigest())) {
            all.add("its agent's recipe is " + shortDigest(recipeDigest) + ", " + shortDigest(recorded.recipeDigest())
                    + " was recorded");
        }
        o.members().filter(m -> !recorded.members().isEmpty()).ifPresent(m -> members(all, recorded.members(), m));
        return all;
    }

    private static void members(List<String> all, List<String> recorded, List<String> listed) {
        TreeSet<String> more = new TreeSet<>(listed);
        recorded.forEach(more::remove);
        TreeSet<String> fewer = new TreeSet<>(recorded);
        listed.forEach(fewer::remove);
        if (!more.isEmpty()) {
            all.add("lists members that were not recorded: " + String.join(", ", more));
        }
        if (!fewer.isEmpty()) {
            all.add("lists no longer: " + String.join(", ", fewer));
        }
    }

    /** What is not known differs from nothing. */
    private static boolean differ(String now, String recorded) {
        return !now.isEmpty() && !recorded.isEmpty() && !now.equals(recorded);
    }

    private static String shortDigest(String sha256) {
        return sha256.substring(0, Math.min(12, sha256.length()));
    }

    /** What a node runs, as it was seen now. */
    public static RecordedNode record(NodeObservation o, String recipeDigest, Instant now, String by, String reason) {
        return new RecordedNode(
                o.version().orElseThrow(),
                o.artifactSha256(),
                recipeDigest,
                o.members().map(m -> List.copyOf(new TreeSet<>(m))).orElse(List.of()),
                now,
                by,
                reason);
    }

    /**
     * What is recorded once a rollout has ended: what it has proven. What it has left half done is not known any more, nor who the members are
     * while a node is out.
     */
    static ClusterFacts ended(ClusterFacts before, RolloutState r) {
        SortedMap<String, RecordedNode> recorded = new TreeMap<>(before.recorded());
        Facts facts = r.facts();
        PlannedHop hop = r.hop();
        int index = r.plan().hops().indexOf(hop);
        Instant at = r.status().endedAt().orElseThrow();
        for (Plan.Member m : r.plan().members()) {
            if (!facts.serving(m.node())) {
                recorded.remove(m.node());
            } else if (facts.upgraded().contains(m.node())) {
                recorded.put(m.node(), proven(r, hop, at));
            } else if (index > 0) {
                recorded.put(m.node(), proven(r, r.plan().hops().get(index - 1), at));
            }
        }
        boolean whole = r.plan().members().stream().allMatch(m -> facts.serving(m.node()));
        if (!whole || !facts.upgraded().isEmpty()) {
            List<String> members = whole ? members(r.plan()) : List.of();
            r.plan().members().forEach(m -> recorded.computeIfPresent(m.node(), (n, x) -> x.withMembers(members)));
        }
        return before.withRecorded(recorded);
    }

    private static RecordedNode proven(RolloutState r, PlannedHop hop, Instant at) {
        return new RecordedNode(hop.to(), hop.artifact().sha256(), r.plan().recipeDigest(), List.of(), at, r.id(), "");
    }

    /** Every node that has passed its health gate was listed by all the others, and they by it. */
    private static List<String> members(Plan plan) {
        return plan.membersCompared()
                ? plan.members().stream().map(Plan.Member::member).sorted().toList()
                : List.of();
    }

    /** Why no plan can be made of these nodes: they are not what was recorded. */
    public static Optional<String> refusal(String cluster, SortedMap<String, List<String>> drift) {
        List<String> all = new ArrayList<>();
        drift.forEach((node, what) -> what.forEach(w -> all.add(node + " " + w)));
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of("cluster " + cluster + " is not what was recorded: " + String.join("; ", all)
                        + ". If it is as it should be: 'rota nodes accept " + cluster + " --reason TEXT'");
    }
}

package dev.rota.coordinator.domain;

import dev.rota.contract.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a node's agent found out about its product.
 *
 * @param at when, by the leader's clock
 * @param version of the product that runs; empty when it does not run or does not answer
 * @param artifactSha256 the artifact the current release came from; empty when unknown
 * @param healthy all health checks of the recipe hold
 * @param members sorted, as this node reports them; empty when it could not be asked
 * @param replicas answer of the recipe's replica query; empty when it was not or could not be asked
 * @param productMs milliseconds spent inside the product's own commands
 * @param master the member that leads the others; empty when it was not asked, or the product does not say
 */
public record NodeObservation(
        String node,
        Instant at,
        String member,
        Optional<Version> version,
        String artifactSha256,
        boolean healthy,
        String unhealthyReason,
        Optional<List<String>> members,
        Optional<SortedMap<String, String>> replicas,
        long diskFreeBytes,
        List<String> problems,
        long productMs,
        Optional<String> master) {
    /** Copies the lists. */
    public NodeObservation {
        members = members.map(List::copyOf);
        problems = List.copyOf(problems);
    }

    /** One that does not say who leads. */
    public NodeObservation(
            String node,
            Instant at,
            String member,
            Optional<Version> version,
            String artifactSha256,
            boolean healthy,
            String unhealthyReason,
            Optional<List<String>> members,
            Optional<SortedMap<String, String>> replicas,
            long diskFreeBytes,
            List<String> problems,
            long productMs) {
        this(
                node,
                at,
                member,
                version,
                artifactSha256,
                healthy,
                unhealthyReason,
                members,
                replicas,
                diskFreeBytes,
                problems,
                productMs,
                Optional.empty());
    }

    /** The same, found out with so much of the product's time. */
    public NodeObservation withProductMs(long ms) {
        return new NodeObservation(
                node,
                at,
                member,
                version,
                artifactSha256,
                healthy,
                unhealthyReason,
                members,
                replicas,
                diskFreeBytes,
                problems,
                ms,
                master);
    }
}

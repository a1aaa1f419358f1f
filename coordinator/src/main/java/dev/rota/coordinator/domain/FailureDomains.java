package dev.rota.coordinator.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The failure domains of a cluster: what may fail together, so that no two of them are ever out of service at once. A domain is a zone.
 * Where no node has a zone, all nodes are one domain. Where some have one, a node without might stand anywhere and is a domain of its own.
 */
public final class FailureDomains {
    private final SortedMap<String, String> domains;

    private FailureDomains(SortedMap<String, String> domains) {
        this.domains = Collections.unmodifiableSortedMap(domains);
    }

    /** Of the members of a plan. */
    public static FailureDomains of(Plan plan) {
        SortedMap<String, String> zones = new TreeMap<>();
        plan.members().forEach(m -> zones.put(m.node(), m.zone()));
        return of(zones);
    }

    /** Of nodes with their zones; a node without one has an empty one. */
    public static FailureDomains of(SortedMap<String, String> zones) {
        boolean known = zones.values().stream().anyMatch(z -> !z.isEmpty());
        SortedMap<String, String> domains = new TreeMap<>();
        zones.forEach((node, zone) ->
                domains.put(node, !known ? "" : zone.isEmpty() ? "node " + node + " without a zone" : "zone " + zone));
        return new FailureDomains(domains);
    }

    /** What an operator calls the domain of a node; empty where no node has a zone. */
    public String of(String node) {
        return Objects.requireNonNull(domains.get(node), () -> "no node " + node);
    }

    /** The domains of some nodes. */
    public SortedSet<String> of(Collection<String> nodes) {
        SortedSet<String> of = new TreeSet<>();
        nodes.forEach(n -> of.add(of(n)));
        return of;
    }
}

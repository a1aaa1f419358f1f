package dev.rota.coordinator.runtime;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where agents and operators reach the coordinators, as this one's configuration says it.
 *
 * @param own this coordinator's name
 * @param configured {@code host:port} by name; empty when this coordinator is alone
 */
public record Addresses(String own, SortedMap<String, String> configured) {
    /** Copies the addresses. */
    public Addresses {
        configured = Collections.unmodifiableSortedMap(new TreeMap<>(configured));
    }

    /** Of a coordinator that is alone. */
    public static Addresses alone(String name) {
        return new Addresses(name, new TreeMap<>());
    }
}

package dev.rota.agent.step;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a step has found and spent so far.
 *
 * @param startedAt when the agent began the step; its deadline counts from here, over any restart of the agent
 * @param commandMs milliseconds inside the product's own commands and endpoints
 * @param waitMs milliseconds the product was waited for: for its answers to {@code unless}, and from the end of an action's work until
 *     its proof held
 * @param facts what was found, name to value; at most {@value #MAX_FACTS}, values cut at {@value #MAX_FACT} characters
 */
public record Ledger(Instant startedAt, long commandMs, long waitMs, SortedMap<String, String> facts) {
    private static final int MAX_FACTS = 64;
    private static final int MAX_FACT = 4_096;

    /** Copies the facts. */
    public Ledger {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** The ledger of a step that begins now. */
    public static Ledger begin(Instant now) {
        return new Ledger(now, 0, 0, new TreeMap<>());
    }

    /** With the time of some work and the facts it found; a later fact replaces an earlier one of the same name. */
    public Ledger withWork(long spentMs, Map<String, String> found) {
        SortedMap<String, String> all = new TreeMap<>(facts);
        found.forEach((name, value) -> {
            if (all.containsKey(name) || all.size() < MAX_FACTS) {
                all.put(name, value.length() <= MAX_FACT ? value : value.substring(0, MAX_FACT));
            }
        });
        return new Ledger(startedAt, commandMs + Math.max(0, spentMs), waitMs, all);
    }

    /** With some waiting for the product. */
    public Ledger withWait(long waitedMs) {
        return new Ledger(startedAt, commandMs, waitMs + Math.max(0, waitedMs), facts);
    }
}

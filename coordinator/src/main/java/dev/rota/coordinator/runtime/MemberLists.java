package dev.rota.coordinator.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes of a cluster that works list the same members: their lists are kept once, not once for each of them. */
final class MemberLists {
    private final Map<String, List<String>> last = new ConcurrentHashMap<>();

    /** The list that a node of the cluster gave last, where this one is equal to it; else this one. */
    List<String> shared(String cluster, List<String> list) {
        List<String> known = last.get(cluster);
        if (known != null && known.equals(list)) {
            return known;
        }
        last.put(cluster, list);
        return list;
    }
}

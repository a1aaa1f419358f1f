package dev.rota.coordinator.codec;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.RecordedNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One node that is as it should be, one that is not. */
final class RecordedNodes {
    private static final Instant AT = Instant.parse("2026-01-05T22:00:00.123456Z");

    private RecordedNodes() {}

    static SortedMap<String, RecordedNode> samples() {
        RecordedNode plain = new RecordedNode(
                Version.parse("23.01"), "a".repeat(64), "d".repeat(64), List.of("shop@n1", "shop@n2"), AT, "", "");
        RecordedNode drifts = new RecordedNode(Version.parse("23.04"), "", "", List.of(), AT, "ann", "restored")
                .drifting(List.of("runs 23.01, 23.04 was recorded"), AT.plusSeconds(60));
        return new TreeMap<>(Map.of("n1", plain, "n2", drifts));
    }
}

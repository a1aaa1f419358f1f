package dev.rota.coordinator.codec;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.RecordedNode;
import dev.rota.wire.journal.v1.NodesRecordedRecord;
import dev.rota.wire.journal.v1.RecordedNodeRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What nodes should run, to and from the journal and a snapshot. */
final class RecordedCodec {
    private RecordedCodec() {}

    static NodesRecordedRecord encode(Map<String, RecordedNode> nodes) {
        return NodesRecordedRecord.newBuilder().addAllNodes(records(nodes)).build();
    }

    static List<RecordedNodeRecord> records(Map<String, RecordedNode> nodes) {
        return nodes.entrySet().stream()
                .map(e -> encode(e.getKey(), e.getValue()))
                .toList();
    }

    static SortedMap<String, RecordedNode> decode(NodesRecordedRecord r) {
        return decode(r.getNodesList());
    }

    static SortedMap<String, RecordedNode> decode(List<RecordedNodeRecord> records) {
        SortedMap<String, RecordedNode> all = new TreeMap<>();
        records.forEach(r -> all.put(r.getNode(), decode(r)));
        return all;
    }

    private static RecordedNodeRecord encode(String node, RecordedNode n) {
        RecordedNodeRecord.Builder b = RecordedNodeRecord.newBuilder()
                .setNode(node)
                .setVersion(n.version().text())
                .setArtifactSha256(n.artifactSha256())
                .setRecipeDigest(n.recipeDigest())
                .addAllMembers(n.members())
                .setAtUs(Times.micros(n.at()))
                .setBy(n.by())
                .setReason(n.reason())
                .addAllDrift(n.drift());
        n.driftSince().ifPresent(t -> b.setDriftSinceUs(Times.micros(t)));
        return b.build();
    }

    private static RecordedNode decode(RecordedNodeRecord r) {
        return new RecordedNode(
                Version.parse(r.getVersion()),
                r.getArtifactSha256(),
                r.getRecipeDigest(),
                r.getMembersList(),
                Times.instant(r.getAtUs()),
                r.getBy(),
                r.getReason(),
                r.getDriftList(),
                r.hasDriftSinceUs() ? Optional.of(Times.instant(r.getDriftSinceUs())) : Optional.empty());
    }
}

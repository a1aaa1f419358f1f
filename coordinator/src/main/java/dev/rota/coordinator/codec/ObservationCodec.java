package dev.rota.coordinator.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.journal.v1.ObservationRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Observations from the wire, and to and from the journal. */
public final class ObservationCodec {
    private ObservationCodec() {}

    /**
     * What an agent observed, stamped with the leader's clock.
     *
     * @param before what it observed before: of what has not changed there need not be another copy
     * @param shared answers an equal list that is there already, or the list itself
     */
    public static NodeObservation fromWire(
            String node,
            Observation o,
            Instant at,
            Optional<NodeObservation> before,
            UnaryOperator<List<String>> shared) {
        return new NodeObservation(
                node,
                at,
                o.getMember(),
                before.flatMap(NodeObservation::version)
                        .filter(v -> v.text().equals(o.getRunningVersion()))
                        .or(() -> Version.tryParse(o.getRunningVersion())),
                o.getArtifactSha256(),
                o.getHealthy(),
                o.getUnhealthyReason(),
                o.getMembersKnown() ? Optional.of(shared.apply(List.copyOf(o.getMembersList()))) : Optional.empty(),
                o.getReplicasKnown() ? Optional.of(sorted(o.getReplicasMap())) : Optional.empty(),
                o.getDiskFreeBytes(),
                List.copyOf(o.getProblemsList()),
                o.getProductMs(),
                o.getMaster().isEmpty() ? Optional.empty() : Optional.of(o.getMaster()));
    }

    /**
     * The bytes of the {@link ObservationRecord} of each, in this order. A look at a large cluster is the largest entry of a rollout, and most
     * of it is the list of members that all nodes give alike: that is written once and copied.
     */
    static List<ByteString> encode(Collection<NodeObservation> view) {
        List<ByteString> records = new ArrayList<>(view.size());
        Optional<List<String>> members = Optional.empty();
        byte[] listing = listing(members);
        for (NodeObservation o : view) {
            if (!o.members().equals(members)) {
                members = o.members();
                listing = listing(members);
            }
            records.add(encode(o, listing));
        }
        return records;
    }

    private static byte[] listing(Optional<List<String>> members) {
        return ObservationRecord.newBuilder()
                .setMembersKnown(members.isPresent())
                .addAllMembers(members.orElse(List.of()))
                .build()
                .toByteArray();
    }

    /** The fields before the list of members, the list, and the fields behind it. */
    private static ByteString encode(NodeObservation o, byte[] listing) {
        ObservationRecord before = ObservationRecord.newBuilder()
                .setNode(o.node())
                .setAtUs(Times.micros(o.at()))
                .setMember(o.member())
                .setVersion(o.version().map(Version::text).orElse(""))
                .setArtifactSha256(o.artifactSha256())
                .setHealthy(o.healthy())
                .setUnhealthyReason(o.unhealthyReason())
                .build();
        ObservationRecord behind = ObservationRecord.newBuilder()
                .setReplicasKnown(o.replicas().isPresent())
                .putAllReplicas(o.replicas().orElse(Collections.emptySortedMap()))
                .setDiskFreeBytes(o.diskFreeBytes())
                .addAllProblems(o.problems())
                .setProductMs(o.productMs())
                .build();
        byte[] bytes = new byte[before.getSerializedSize() + listing.length + behind.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            before.writeTo(out);
            out.writeRawBytes(listing);
            behind.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail", e);
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    static NodeObservation decode(ObservationRecord r) {
        return new NodeObservation(
                r.getNode(),
                Times.instant(r.getAtUs()),
                r.getMember(),
                Version.tryParse(r.getVersion()),
                r.getArtifactSha256(),
                r.getHealthy(),
                r.getUnhealthyReason(),
                r.getMembersKnown() ? Optional.of(List.copyOf(r.getMembersList())) : Optional.empty(),
                r.getReplicasKnown() ? Optional.of(sorted(r.getReplicasMap())) : Optional.empty(),
                r.getDiskFreeBytes(),
                List.copyOf(r.getProblemsList()),
                r.getProductMs());
    }

    static SortedMap<String, String> sorted(Map<String, String> m) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(m));
    }
}

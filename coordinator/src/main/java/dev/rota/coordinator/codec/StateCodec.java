package dev.rota.coordinator.codec;

import com.google.protobuf.CodedOutputStream;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.rollout.ClusterFacts;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.wire.journal.v1.AnsweredRequestRecord;
import dev.rota.wire.journal.v1.CoordinatorRecord;
import dev.rota.wire.journal.v1.LeftOverRecord;
import dev.rota.wire.journal.v1.RecordedNodeRecord;
import dev.rota.wire.journal.v1.StateRecord;
import dev.rota.wire.journal.v1.StoredNotesRecord;
import dev.rota.wire.journal.v1.StoredReleaseRecord;
import dev.rota.wire.journal.v1.WithdrawalRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that is committed, to and from what a snapshot holds. */
final class StateCodec {
    private StateCodec() {}

    /**
     * Writes the state as one {@link StateRecord}, part by part, so that only one part at a time is held twice: messages written one
     * after the other are read as one. Equal states whose versions are written alike give equal bytes.
     */
    static void write(CoordinatorState s, OutputStream to) throws IOException {
        CodedOutputStream out = CodedOutputStream.newInstance(to);
        out.useDeterministicSerialization();
        part().setInventory(InventoryCodec.encode(s.inventory())).build().writeTo(out);
        for (Release r : s.releases().values()) {
            part().addReleases(encode(r)).build().writeTo(out);
        }
        for (Map.Entry<String, List<NoteRef>> e : s.notes().entrySet()) {
            StoredNotesRecord.Builder notes = StoredNotesRecord.newBuilder().setProduct(e.getKey());
            e.getValue().forEach(n -> notes.addNotes(CatalogueCodec.encode(n)));
            part().addNotes(notes).build().writeTo(out);
        }
        Map<String, Integer> plans = writePlans(s, out);
        for (RolloutState r : s.inOrder()) {
            int plan = Objects.requireNonNull(plans.get(r.plan().id()));
            part().addRollouts(RolloutCodec.encode(r, plan)).build().writeTo(out);
        }
        for (String id : s.requestOrder()) {
            String subject = Objects.requireNonNull(s.requests().get(id));
            part().addRequests(AnsweredRequestRecord.newBuilder().setId(id).setSubject(subject))
                    .build()
                    .writeTo(out);
        }
        for (Map.Entry<String, String> e : s.coordinators().entrySet()) {
            part().addCoordinators(
                            CoordinatorRecord.newBuilder().setName(e.getKey()).setAddress(e.getValue()))
                    .build()
                    .writeTo(out);
        }
        for (LeftOverRecord left : CompensationCodec.encode(s.clusterFacts())) {
            part().addLeftOver(left).build().writeTo(out);
        }
        for (RecordedNodeRecord node : RecordedCodec.records(s.clusterFacts().recorded())) {
            part().addRecorded(node).build().writeTo(out);
        }
        out.flush();
    }

    /** The answer is the index of each plan, by its id: plans with one id are one plan. */
    private static Map<String, Integer> writePlans(CoordinatorState s, CodedOutputStream out) throws IOException {
        Map<String, Plan> plans = new LinkedHashMap<>();
        s.planOrder()
                .forEach(id -> plans.put(id, Objects.requireNonNull(s.plans().get(id))));
        int kept = plans.size();
        s.inOrder().forEach(r -> plans.putIfAbsent(r.plan().id(), r.plan()));
        Map<String, Integer> indices = new LinkedHashMap<>();
        for (Plan plan : plans.values()) {
            indices.put(plan.id(), indices.size());
            part().addPlans(PlanCodec.encode(plan)).build().writeTo(out);
        }
        part().setKeptPlans(kept).build().writeTo(out);
        return indices;
    }

    private static StateRecord.Builder part() {
        return StateRecord.newBuilder();
    }

    static CoordinatorState decode(StateRecord r) {
        SortedMap<String, Release> releases = new TreeMap<>();
        r.getReleasesList().stream().map(StateCodec::decode).forEach(x -> releases.put(x.key(), x));
        SortedMap<String, List<NoteRef>> notes = new TreeMap<>();
        r.getNotesList()
                .forEach(n -> notes.put(
                        n.getProduct(),
                        n.getNotesList().stream().map(CatalogueCodec::decode).toList()));
        List<Plan> all = r.getPlansList().stream().map(PlanCodec::decode).toList();
        if (Integer.compareUnsigned(r.getKeptPlans(), all.size()) > 0) {
            throw new IllegalArgumentException(
                    Integer.toUnsignedString(r.getKeptPlans()) + " plans are kept of " + all.size());
        }
        SortedMap<String, Plan> plans = new TreeMap<>();
        List<Plan> kept = all.subList(0, r.getKeptPlans());
        kept.forEach(p -> plans.put(p.id(), p));
        SortedMap<String, RolloutState> rollouts = new TreeMap<>();
        List<String> rolloutOrder = new ArrayList<>();
        r.getRolloutsList().forEach(x -> {
            rolloutOrder.add(x.getId());
            rollouts.put(x.getId(), RolloutCodec.decode(x, all));
        });
        SortedMap<String, String> requests = new TreeMap<>();
        List<String> requestOrder = new ArrayList<>();
        r.getRequestsList().forEach(q -> {
            requestOrder.add(q.getId());
            requests.put(q.getId(), q.getSubject());
        });
        SortedMap<String, String> coordinators = new TreeMap<>();
        r.getCoordinatorsList().forEach(c -> coordinators.put(c.getName(), c.getAddress()));
        return new CoordinatorState(
                InventoryCodec.decode(r.getInventory()),
                releases,
                plans,
                rollouts,
                kept.stream().map(Plan::id).toList(),
                rolloutOrder,
                requests,
                requestOrder,
                notes,
                coordinators,
                new ClusterFacts(
                        CompensationCodec.decode(r.getLeftOverList()), RecordedCodec.decode(r.getRecordedList())));
    }

    private static StoredReleaseRecord encode(Release r) {
        StoredReleaseRecord.Builder b = StoredReleaseRecord.newBuilder().setRelease(CatalogueCodec.encode(r));
        r.withdrawn()
                .ifPresent(w -> b.setWithdrawn(WithdrawalRecord.newBuilder()
                        .setReason(w.reason())
                        .setBy(w.by())
                        .setAtUs(Times.micros(w.at()))));
        return b.build();
    }

    private static Release decode(StoredReleaseRecord r) {
        Release release = CatalogueCodec.decode(r.getRelease());
        WithdrawalRecord w = r.getWithdrawn();
        return r.hasWithdrawn()
                ? release.withdrawn(new Release.Withdrawal(w.getReason(), w.getBy(), Times.instant(w.getAtUs())))
                : release;
    }
}

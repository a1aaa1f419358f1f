package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.Inventory;
import dev.rota.wire.journal.v1.ClusterRecord;
import dev.rota.wire.journal.v1.InventoryRecord;
import dev.rota.wire.journal.v1.NodeRecord;

/** The declared clusters to and from the journal. */
final class InventoryCodec {
    private InventoryCodec() {}

    static InventoryRecord encode(Inventory inventory) {
        InventoryRecord.Builder b = InventoryRecord.newBuilder();
        for (Inventory.Cluster c : inventory.clusters()) {
            ClusterRecord.Builder cb = ClusterRecord.newBuilder()
                    .setName(c.name())
                    .setRecipe(c.recipe())
                    .putAllAssume(c.assume());
            c.nodes()
                    .forEach(n -> cb.addNodes(
                            NodeRecord.newBuilder().setName(n.name()).setZone(n.zone())));
            b.addClusters(cb);
        }
        return b.build();
    }

    static Inventory decode(InventoryRecord r) {
        return new Inventory(r.getClustersList().stream()
                .map(c -> new Inventory.Cluster(
                        c.getName(),
                        c.getRecipe(),
                        c.getNodesList().stream()
                                .map(n -> new Inventory.Node(n.getName(), n.getZone()))
                                .toList(),
                        ObservationCodec.sorted(c.getAssumeMap())))
                .toList());
    }
}

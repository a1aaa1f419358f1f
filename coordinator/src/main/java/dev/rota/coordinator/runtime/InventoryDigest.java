package dev.rota.coordinator.runtime;

import dev.rota.contract.Digest;
import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.rollout.Entry;

/** Tells whether two coordinators were configured with the same clusters. */
public final class InventoryDigest {
    private InventoryDigest() {}

    /** The SHA-256 of the clusters as the journal would hold them. */
    public static String of(Inventory inventory) {
        return Digest.sha256(EntryCodec.encode(new Entry.InventoryDeclared(inventory)));
    }
}

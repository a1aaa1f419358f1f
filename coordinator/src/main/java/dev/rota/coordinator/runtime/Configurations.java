package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.ArtifactPeers;
import dev.rota.coordinator.port.Journal.Member;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the coordinators were configured with the same clusters. The leader's are in force; with different ones they would
 * change with every new leader.
 */
public final class Configurations {
    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

    private final Members members;
    private final ArtifactPeers peers;
    private final Map<String, Boolean> told = new ConcurrentHashMap<>();

    /** Creates it for the coordinators as {@code members} knows them. */
    public Configurations(Members members, ArtifactPeers peers) {
        this.members = members;
        this.peers = peers;
    }

    /** Asks all others; does not wait for their answers. */
    public void look() {
        tell(members.own());
        for (Member other : members.all()) {
            if (other.connected() && !other.name().equals(members.own())) {
                var unused = peers.inventory(other.name()).whenComplete((digest, failure) -> {
                    if (failure == null) {
                        members.inventory(other.name(), digest);
                        tell(other.name());
                    } else {
                        LOG.debug("coordinator {} does not say which clusters it has: {}", other.name(), failure);
                    }
                });
            }
        }
    }

    private void tell(String name) {
        Optional<Boolean> agrees = members.clustersAgree(name);
        Boolean before = agrees.isEmpty() ? null : told.put(name, agrees.get());
        if (agrees.isPresent() && !agrees.get() && !Boolean.FALSE.equals(before)) {
            LOG.warn(
                    "the configuration of coordinator {} has other clusters than are in force; they would change if it led:"
                            + " make the files the same",
                    name);
        }
    }
}

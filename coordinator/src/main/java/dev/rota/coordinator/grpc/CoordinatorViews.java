package dev.rota.coordinator.grpc;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.runtime.Members;
import dev.rota.wire.operator.v1.Coordinator;
import dev.rota.wire.operator.v1.CoordinatorList;
import java.util.List;

/** Coordinators as operators see them. */
final class CoordinatorViews {
    private final dev.rota.coordinator.runtime.Coordinator coordinator;

    CoordinatorViews(dev.rota.coordinator.runtime.Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    /** {@code confirmed}: a majority has confirmed that nothing is missing. */
    CoordinatorList list(boolean confirmed) {
        Members members = coordinator.members();
        return CoordinatorList.newBuilder()
                .setCoordinator(members.own())
                .setLeaderName(members.leaderName())
                .setTerm(coordinator.term())
                .setCommittedIndex(coordinator.committedIndex())
                .addAllCoordinators(all())
                .setMayBeOld(!confirmed)
                .build();
    }

    List<Coordinator> all() {
        return coordinator.members().all().stream().map(this::view).toList();
    }

    private Coordinator view(Journal.Member m) {
        Members members = coordinator.members();
        Coordinator.Builder b = Coordinator.newBuilder()
                .setName(m.name())
                .setRole(m.role().label())
                .setConnected(m.connected())
                .setAddress(members.address(m.name()));
        m.behind().ifPresent(b::setBehind);
        members.clustersAgree(m.name()).ifPresent(b::setClustersAgree);
        return b.build();
    }
}

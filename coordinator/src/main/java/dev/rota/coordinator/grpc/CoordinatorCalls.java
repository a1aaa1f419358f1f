package dev.rota.coordinator.grpc;

import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.MemberChanges;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.ChangeCoordinatorRequest;
import dev.rota.wire.operator.v1.CoordinatorList;
import dev.rota.wire.operator.v1.StepDownRequest;
import io.grpc.stub.StreamObserver;

/** The part of the operators' service that is about the coordinators themselves. */
final class CoordinatorCalls {
    private static final int MAX_NAME = 63;

    private final MemberChanges changes;
    private final CoordinatorViews views;

    CoordinatorCalls(Coordinator coordinator, CoordinatorViews views) {
        this.changes = new MemberChanges(coordinator);
        this.views = views;
    }

    CoordinatorList list(boolean confirmed) {
        return views.list(confirmed);
    }

    void add(ChangeCoordinatorRequest q, StreamObserver<CoordinatorList> to) {
        Requests.guarded(to, Role.ADMIN, by -> {
            Requests.requestId(q.getRequestId());
            Requests.text("a name", q.getName(), MAX_NAME);
            Answers.later(to, changes.add(q.getName()), done -> views.list(true));
        });
    }

    void remove(ChangeCoordinatorRequest q, StreamObserver<CoordinatorList> to) {
        Requests.guarded(to, Role.ADMIN, by -> {
            Requests.requestId(q.getRequestId());
            Requests.text("a name", q.getName(), MAX_NAME);
            Answers.later(to, changes.remove(q.getRequestId(), q.getName()), done -> views.list(true));
        });
    }

    void stepDown(StepDownRequest q, StreamObserver<CoordinatorList> to) {
        Requests.guarded(to, Role.ADMIN, by -> {
            Requests.requestId(q.getRequestId());
            Answers.later(to, changes.stepDown(q.getTerm()), views::list);
        });
    }
}

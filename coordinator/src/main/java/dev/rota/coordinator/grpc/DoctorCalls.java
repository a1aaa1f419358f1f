package dev.rota.coordinator.grpc;

import static dev.rota.coordinator.grpc.Requests.guarded;
import static dev.rota.coordinator.grpc.Requests.requestId;
import static dev.rota.coordinator.grpc.Requests.usage;

import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.plan.Repair;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.runtime.Acceptance;
import dev.rota.coordinator.runtime.ByHand;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.Doctor;
import dev.rota.coordinator.runtime.Operations;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.coordinator.runtime.Repairs;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.AcceptNodesRequest;
import dev.rota.wire.operator.v1.Diagnosis;
import dev.rota.wire.operator.v1.NodeList;
import dev.rota.wire.operator.v1.Problem;
import dev.rota.wire.operator.v1.RepairRequest;
import dev.rota.wire.operator.v1.RepairResult;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The part of the operators' service that is about what rollouts left over. */
final class DoctorCalls {
    private static final int MAX_IDS = 100;
    private static final int MAX_ID = 300;
    private static final int MAX_REASON = 500;

    private final Coordinator coordinator;
    private final Operations operations;
    private final Repairs repairs;
    private final Doctor doctor;
    private final Acceptance acceptance;
    private final ByHand byHand;
    private final CoordinatorViews members;
    private final Clock clock;

    DoctorCalls(Coordinator coordinator, Operations operations, CoordinatorViews members, Clock clock) {
        this.coordinator = coordinator;
        this.operations = operations;
        this.repairs = new Repairs(coordinator, operations);
        this.doctor = new Doctor(coordinator, repairs);
        this.acceptance = new Acceptance(coordinator, operations);
        this.byHand = new ByHand(coordinator);
        this.members = members;
        this.clock = clock;
    }

    Diagnosis diagnose(String cluster) throws Refusal {
        List<Inventory.Cluster> clusters =
                cluster.isEmpty() ? coordinator.inventory().clusters() : List.of(operations.cluster(cluster));
        Diagnosis.Builder b = Diagnosis.newBuilder();
        clusters.forEach(c -> doctor.cluster(c).forEach(f -> b.addProblems(problem(f))));
        if (cluster.isEmpty()) {
            doctor.gone().forEach(f -> b.addProblems(problem(f)));
            members.all().forEach(c -> outOfStep(c).ifPresent(b::addProblems));
        }
        return b.build();
    }

    void repair(RepairRequest q, StreamObserver<RepairResult> to) {
        guarded(to, Role.OPERATOR, by -> {
            requestId(q.getRequestId());
            if (q.getIdsCount() > MAX_IDS || q.getIdsList().stream().anyMatch(id -> id.length() > MAX_ID)) {
                throw usage("at most " + MAX_IDS + " problems, each by its id, such as chat-7/n2/drain");
            }
            if (!q.getByHand().isEmpty()) {
                byHand(q, to, by);
                return;
            }
            Answers.later(
                    to,
                    repairs.repair(q.getRequestId(), q.getCluster(), q.getIdsList(), by),
                    done -> result(q.getCluster(), done));
        });
    }

    private void byHand(RepairRequest q, StreamObserver<RepairResult> to, String by) throws Refusal {
        if (q.getByHand().isBlank() || q.getByHand().length() > MAX_REASON || q.getIdsCount() == 0) {
            throw usage("name what was undone by hand, and say in 1 to " + MAX_REASON + " characters what was done");
        }
        Answers.later(
                to,
                byHand.undone(
                        q.getRequestId(),
                        q.getCluster(),
                        q.getIdsList(),
                        q.getByHand().strip(),
                        by),
                left -> {
                    RepairResult.Builder b = RepairResult.newBuilder();
                    doctor.leftOver(q.getCluster(), left).forEach(f -> b.addLeft(problem(f)));
                    return b.build();
                });
    }

    void accept(AcceptNodesRequest q, Function<Inventory.Cluster, NodeList> view, StreamObserver<NodeList> to) {
        guarded(to, Role.OPERATOR, by -> {
            requestId(q.getRequestId());
            if (q.getReason().isBlank() || q.getReason().length() > MAX_REASON) {
                throw usage("say in 1 to " + MAX_REASON + " characters why it is as it should be");
            }
            Answers.later(to, acceptance.accept(q.getSubject(), q.getReason().strip(), by), view);
        });
    }

    private RepairResult result(String cluster, Repairs.Outcome done) {
        RepairResult.Builder b = RepairResult.newBuilder();
        done.rollout()
                .ifPresent(r -> b.setRollout(RolloutViews.rollout(
                        r, clock.now(), n -> coordinator.node(n).connected())));
        for (Repair.Kept k : done.kept()) {
            b.addLeft(problem(Doctor.finding(cluster, k.compensation(), Optional.of(k.why()))));
        }
        return b.build();
    }

    private static Problem problem(Doctor.Finding f) {
        Problem.Builder b = Problem.newBuilder()
                .setId(f.id())
                .setCluster(f.cluster())
                .setNode(f.node())
                .setCode(f.code())
                .setSentence(f.sentence())
                .setRollout(f.rollout())
                .setRepairable(f.repairable())
                .setAdvice(f.advice());
        f.since().ifPresent(t -> b.setSince(Times.timestamp(t)));
        return b.build();
    }

    private static Optional<Problem> outOfStep(dev.rota.wire.operator.v1.Coordinator c) {
        String what = !c.getConnected()
                ? "coordinator " + c.getName() + " cannot be reached"
                : c.hasClustersAgree() && !c.getClustersAgree()
                        ? "the configuration of coordinator " + c.getName() + " has other clusters than are in force"
                        : "";
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.newBuilder()
                        .setCode("COORDINATOR")
                        .setSentence(what)
                        .setAdvice("rota coordinators list")
                        .build());
    }
}

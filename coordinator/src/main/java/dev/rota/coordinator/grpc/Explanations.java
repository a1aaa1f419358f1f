package dev.rota.coordinator.grpc;

import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.Why;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.Operations;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.wire.operator.v1.Answer;
import dev.rota.wire.operator.v1.Explanation;
import dev.rota.wire.operator.v1.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a node, a cluster, a rollout or a plan waits for, at any moment, before the start and after the end included. */
final class Explanations {
    private final Coordinator coordinator;
    private final Operations operations;
    private final StatusViews views;
    private final Clock clock;

    Explanations(Coordinator coordinator, Operations operations, StatusViews views, Clock clock) {
        this.coordinator = coordinator;
        this.operations = operations;
        this.views = views;
        this.clock = clock;
    }

    /** Explains whatever has that name or id: a node, a cluster, a rollout, or else a plan. */
    Explanation of(String subject) throws Refusal {
        Optional<Inventory.Cluster> node = coordinator.inventory().clusterOf(subject);
        if (node.isPresent()) {
            return views.explainNode(node.get(), subject, clock.now());
        }
        Optional<Inventory.Cluster> cluster = coordinator.inventory().cluster(subject);
        if (cluster.isPresent() && coordinator.state().active(subject).isEmpty()) {
            return idle(cluster.get());
        }
        try {
            RolloutState s = operations.rollout(subject);
            return RolloutViews.explanation(s.id(), s, n -> coordinator.node(n).connected(), clock.now());
        } catch (Refusal noRollout) {
            return planned(subject, noRollout);
        }
    }

    private Why why(RolloutState s) {
        return Why.explain(s, n -> coordinator.node(n).connected(), clock.now());
    }

    private Explanation planned(String subject, Refusal noRollout) throws Refusal {
        try {
            return plan(operations.plan(subject));
        } catch (Refusal noPlan) {
            noRollout.addSuppressed(noPlan);
            throw noRollout;
        }
    }

    /** A cluster without a rollout under way: what its nodes are missing, and what came of the last rollout. */
    private Explanation idle(Inventory.Cluster c) {
        Explanation.Builder b = Explanation.newBuilder().setSubject(c.name());
        int bad = 0;
        for (Node n : views.nodes(List.of(c)).getNodesList()) {
            Optional<OpenEnds> open = OpenEnds.of(coordinator.state(), c.name(), n.getName());
            String problem = problem(n, open);
            if (!problem.isEmpty()) {
                bad++;
                b.addEvidence(n.getName() + ": " + problem);
                if (b.getNode().isEmpty()) {
                    b.setNode(n.getName()).setCode(code(n, open));
                    b.addAnswers(answer("why", "says what that node needs", "rota why " + n.getName()));
                }
            }
        }
        int nodes = c.nodes().size();
        b.setState(bad == 0 ? "serving" : bad == nodes ? "not serving" : "degraded")
                .setWaitingFor(bad == 0 ? "nothing: all nodes serve" : bad + " of " + nodes + " nodes to be repaired");
        lastRollout(c, b);
        newestPlan(c, b);
        return b.build();
    }

    private static String code(Node n, Optional<OpenEnds> open) {
        if (!n.getConnected()) {
            return "AGENT_SILENT";
        }
        return open.filter(o -> n.getServing()).map(OpenEnds::code).orElse("NODE_UNHEALTHY");
    }

    private static String problem(Node n, Optional<OpenEnds> open) {
        if (!n.getConnected()) {
            return "its agent is not connected";
        }
        if (!n.getServing()) {
            return n.getUnhealthyReason().isEmpty()
                    ? "does not serve"
                    : n.getUnhealthyReason().lines().findFirst().orElse("");
        }
        return open.map(o -> o.evidence().get(0)).orElse(n.getProblemsCount() == 0 ? "" : n.getProblems(0));
    }

    private void lastRollout(Inventory.Cluster c, Explanation.Builder b) {
        coordinator.state().inOrder().stream()
                .filter(r -> r.plan().cluster().equals(c.name()))
                .reduce((first, second) -> second)
                .ifPresent(r -> {
                    Why why = why(r);
                    b.addEvidence("the last rollout " + r.id() + " to "
                            + r.plan().to() + " is " + r.status().label() + "; it waits for " + why.waitingFor());
                    b.addAllEvidence(why.evidence());
                    b.addAnswers(answer("why", "says more about the last rollout", "rota why " + r.id()));
                });
    }

    private void newestPlan(Inventory.Cluster c, Explanation.Builder b) {
        coordinator.state().plans().values().stream()
                .filter(p -> p.cluster().equals(c.name()) && !applied(p))
                .max(Comparator.comparing(Plan::createdAt))
                .filter(p -> coordinator.state().inOrder().stream()
                        .filter(r -> r.plan().cluster().equals(c.name()))
                        .noneMatch(r -> r.startedAt().isAfter(p.createdAt())))
                .ifPresent(p -> {
                    b.addEvidence("plan " + shortId(p) + " to " + p.to() + " has not been applied");
                    b.addAnswers(answer("why", "says what would keep it from starting", "rota why " + shortId(p)));
                });
    }

    private boolean applied(Plan plan) {
        return coordinator.state().rollouts().values().stream()
                .anyMatch(r -> r.plan().id().equals(plan.id()));
    }

    /** What would keep a plan from starting now, as far as the nodes were seen last. */
    private Explanation plan(Plan p) {
        Explanation.Builder b = Explanation.newBuilder().setSubject(p.id()).setSince(Times.timestamp(p.createdAt()));
        Optional<RolloutState> run = coordinator.state().rollouts().values().stream()
                .filter(r -> r.plan().id().equals(p.id()))
                .findFirst();
        if (run.isPresent()) {
            String id = run.get().id();
            return b.setState("applied")
                    .setCode("PLAN_APPLIED")
                    .setWaitingFor("nothing: it was applied as rollout " + id + ", which is "
                            + run.get().status().label())
                    .addAnswers(answer("why", "says what the rollout waits for", "rota why " + id))
                    .build();
        }
        List<Refusal> hindrances = operations.hindrances(p);
        if (hindrances.isEmpty()) {
            return b.setState("planned")
                    .setWaitingFor("a person: nothing keeps it from starting")
                    .addAnswers(answer("apply", "starts its rollout", "rota apply " + shortId(p) + " --wait"))
                    .build();
        }
        hindrances.forEach(h -> b.addEvidence("[" + h.code() + "] " + h.getMessage()));
        Refusal first = hindrances.get(0);
        b.setState("planned").setCode(first.code()).setWaitingFor("a person: it cannot start now");
        coordinator
                .state()
                .active(p.cluster())
                .ifPresent(r -> b.addAnswers(answer("why", "says what keeps the cluster busy", "rota why " + r.id())));
        if (hindrances.stream().anyMatch(h -> h.code().equals("STALE_PLAN"))) {
            b.addAnswers(answer(
                    "plan", "makes a plan of what is there now", "rota plan " + p.cluster() + " --to " + p.to()));
        }
        return b.build();
    }

    private static String shortId(Plan plan) {
        return plan.id().substring(0, 12);
    }

    private static Answer answer(String name, String effect, String command) {
        return Answer.newBuilder()
                .setName(name)
                .setEffect(effect)
                .setCommand(command)
                .build();
    }
}

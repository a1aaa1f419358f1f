package dev.rota.coordinator.grpc;

import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.RecordedNode;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Drift;
import dev.rota.coordinator.rollout.LeftOvers;
import dev.rota.wire.operator.v1.Answer;
import dev.rota.wire.operator.v1.Explanation;
import java.util.List;
import java.util.Optional;

/**
 * What is not as it should be about a node that may well serve: what rollouts left over on it, or else drift.
 *
 * @param evidence at least one sentence
 */
record OpenEnds(String code, String waitingFor, List<String> evidence, Answer answer) {
    /** Of the node; empty when there are none. */
    static Optional<OpenEnds> of(CoordinatorState s, String cluster, String node) {
        List<String> left = s.clusterFacts().leftOver(cluster).stream()
                .filter(c -> c.node().equals(node))
                .map(Compensation::sentence)
                .toList();
        if (!left.isEmpty()) {
            return Optional.of(new OpenEnds(
                    LeftOvers.CODE,
                    "a person: what a rollout has left over on " + node + " is to be undone",
                    left,
                    answer("doctor", "shows what is left over and what to do about it", "rota doctor " + cluster)));
        }
        return Optional.ofNullable(s.clusterFacts().recorded().get(node))
                .map(RecordedNode::drift)
                .filter(drift -> !drift.isEmpty())
                .map(drift -> new OpenEnds(
                        Drift.CODE,
                        "a person: " + node + " is not what was recorded",
                        drift,
                        answer(
                                "accept",
                                "takes what it runs for what it should run",
                                "rota nodes accept " + node + " --reason TEXT")));
    }

    /** Puts them into an explanation of the node. */
    Explanation.Builder explain(Explanation.Builder b) {
        return b.setCode(code)
                .setWaitingFor(waitingFor)
                .addAllEvidence(evidence)
                .addAnswers(answer);
    }

    private static Answer answer(String name, String effect, String command) {
        return Answer.newBuilder()
                .setName(name)
                .setEffect(effect)
                .setCommand(command)
                .build();
    }
}

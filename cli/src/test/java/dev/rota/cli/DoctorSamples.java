package dev.rota.cli;

import dev.rota.wire.operator.v1.Diagnosis;
import dev.rota.wire.operator.v1.NodeList;
import dev.rota.wire.operator.v1.Problem;
import dev.rota.wire.operator.v1.RepairResult;
import dev.rota.wire.operator.v1.Status;

/** What is left over, and what becomes of it. */
public final class DoctorSamples {
    private DoctorSamples() {}

    private static Problem drained() {
        return Problem.newBuilder()
                .setId("chat-7/n2/drain")
                .setCluster("chat")
                .setNode("n2")
                .setCode("DRAINED")
                .setSentence("n2 was drained and not put back into service")
                .setSince(Samples.at(-7_200_000))
                .setRollout("chat-7")
                .setRepairable(true)
                .setAdvice("rota doctor chat --fix")
                .build();
    }

    private static Problem outside() {
        return Problem.newBuilder()
                .setId("chat-7/n3/leave")
                .setCluster("chat")
                .setNode("n3")
                .setCode("OUTSIDE")
                .setSentence("n3 left the cluster, and nobody has proven that it is back")
                .setSince(Samples.at(-3_600_000))
                .setRollout("chat-7")
                .setAdvice(
                        "rule 4: n3 is outside the cluster, and joining can wipe it: have the product join through a node that"
                                + " serves, by its own commands, then again")
                .build();
    }

    /** Something to repair, something for a person, and a coordinator. */
    public static Diagnosis diagnosis() {
        return Diagnosis.newBuilder()
                .addProblems(drained())
                .addProblems(outside())
                .addProblems(Problem.newBuilder()
                        .setCode("COORDINATOR")
                        .setSentence("coordinator c3 cannot be reached")
                        .setAdvice("rota coordinators list"))
                .build();
    }

    /** A cluster that was left half upgraded, and a node of it that runs something else. */
    public static Status attention() {
        Status status = Samples.status();
        return status.toBuilder()
                .setClusters(
                        0,
                        status.getClusters(0).toBuilder()
                                .setActiveRollout("")
                                .setActiveRolloutState("")
                                .setDrifting(1)
                                .setLeftOver(2)
                                .setMixedSince(Samples.at(-7_200_000))
                                .setMixedLimitMs(86_400_000))
                .build();
    }

    /** One node of them differs from what was recorded. */
    public static NodeList drift() {
        NodeList nodes = Samples.nodes();
        return nodes.toBuilder()
                .setNodes(
                        0,
                        nodes.getNodes(0).toBuilder()
                                .addDrift("runs 23.10, 24.02 was recorded")
                                .setDriftSince(Samples.at(-3_600_000)))
                .build();
    }

    /** What is left after something was undone by hand. */
    public static RepairResult left() {
        return RepairResult.newBuilder().addLeft(outside()).build();
    }

    /** A repair of one node while another one is left. */
    public static RepairResult repaired() {
        return RepairResult.newBuilder()
                .setRollout(Samples.started())
                .addLeft(outside())
                .build();
    }
}

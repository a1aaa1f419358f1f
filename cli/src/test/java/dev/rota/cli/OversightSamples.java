package dev.rota.cli;

import dev.rota.wire.operator.v1.AlreadyBroken;
import dev.rota.wire.operator.v1.Answer;
import dev.rota.wire.operator.v1.Availability;
import dev.rota.wire.operator.v1.BatchAvailability;
import dev.rota.wire.operator.v1.Blocker;
import dev.rota.wire.operator.v1.Hold;
import dev.rota.wire.operator.v1.Oversight;
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.Probe;
import dev.rota.wire.operator.v1.ProbeReport;
import dev.rota.wire.operator.v1.Rollout;

/** Plans and rollouts that are watched from outside. */
public final class OversightSamples {
    private static final Probe PROBE = Probe.newBuilder()
            .setWhat("GET https://chat.example.org/health, expect '\"ok\"'")
            .setEveryMs(1000)
            .setTimeoutMs(2000)
            .build();
    private static final AlreadyBroken BROKEN = AlreadyBroken.newBuilder()
            .setNode("n3")
            .setCode("NODE_UNHEALTHY")
            .setSentence("n3 does not serve: port 5222 is closed")
            .build();

    private OversightSamples() {}

    /** With everything that can watch over it. */
    public static Plan plan() {
        return PlanSamples.softPlan().toBuilder()
                .setOversight(Oversight.newBuilder()
                        .setProbe(PROBE)
                        .setDowntimeBudgetMs(5000)
                        .setFailedProbesBudget(10)
                        .addBlockers(Blocker.newBuilder()
                                .setName("alerts")
                                .setWhat("GET http://alerts.example.org:9093/api/v2/alerts, reject '\"active\"'"))
                        .setBlockedLimitMs(3_600_000)
                        .setBetweenStableMs(60_000)
                        .addAlreadyBroken(BROKEN))
                .build();
    }

    /** One with an outage and a hole. */
    public static Rollout probed() {
        return Samples.succeeded().toBuilder()
                .addAlreadyBroken(BROKEN)
                .setProbe(ProbeReport.newBuilder()
                        .setProbe(PROBE)
                        .setTotal(Availability.newBuilder()
                                .setProbes(181)
                                .setFailed(3)
                                .setUnavailableMs(3012)
                                .setLongestGapMs(2008)
                                .setOutages(2)
                                .setUnwatchedMs(9400)
                                .setHoles(1)
                                .setUncertaintyMs(4000))
                        .addBatches(batch(0, "check all nodes", 12, 0, 0, 0))
                        .addBatches(batch(1, "upgrade n1", 80, 2, 2008, 9400))
                        .addBatches(batch(2, "upgrade n2", 89, 1, 1004, 0))
                        .setSaid("no connection: Connection refused"))
                .build();
    }

    private static BatchAvailability batch(int index, String title, long probes, long failed, long ms, long unwatched) {
        return BatchAvailability.newBuilder()
                .setBatch(index)
                .setTitle(title)
                .setAvailability(Availability.newBuilder()
                        .setProbes(probes)
                        .setFailed(failed)
                        .setUnavailableMs(ms)
                        .setLongestGapMs(ms)
                        .setUnwatchedMs(unwatched))
                .build();
    }

    /** A blocker has blocked too long. */
    public static Hold blocked() {
        return Samples.hold().toBuilder()
                .setCode("BLOCKED")
                .setNode("n2")
                .setPhase("drain")
                .setSentence(
                        "the take-out gate of n2 does not hold: blocker alerts lets no node be taken out: exit status 3: 2 alerts fire")
                .clearEvidence()
                .addEvidence("blocker alerts lets no node be taken out: exit status 3: 2 alerts fire")
                .build();
    }

    /** The service was away for too long. */
    public static Hold overBudget() {
        return Samples.hold().toBuilder()
                .setCode("BUDGET_EXCEEDED")
                .setNode("n2")
                .setPhase("start")
                .setSentence("the service was unavailable for 5004 ms, the budget is 5000 ms")
                .clearEvidence()
                .addEvidence("probe: GET https://chat.example.org/health, expect '\"ok\"'")
                .addEvidence("5 of 94 probes failed, unavailable for 5004 ms, the longest outage 5004 ms")
                .addEvidence("the last one that failed: no connection: Connection refused")
                .addEvidence("the service does not answer now")
                .clearAnswers()
                .addAnswers(Answer.newBuilder()
                        .setName("retry")
                        .setEffect("go on; the budget counts anew from here")
                        .setCommand("rota rollouts retry chat-7"))
                .addAnswers(Answer.newBuilder()
                        .setName("abort")
                        .setEffect("end the rollout once all nodes serve again")
                        .setCommand("rota rollouts abort chat-7"))
                .build();
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Plan;
import java.util.List;

/** Variations of a plan. */
final class Plans {
    private Plans() {}

    static Plan withBatches(Plan p, List<Plan.Batch> batches) {
        return PlanCodec.address(new Plan(
                "",
                p.cluster(),
                p.product(),
                p.recipeDigest(),
                p.from(),
                p.to(),
                p.mode(),
                p.strategy(),
                p.reasons(),
                p.path(),
                p.members(),
                batches,
                p.gate(),
                p.maxUnavailable(),
                p.minServing(),
                p.downgrade(),
                p.membersCompared(),
                p.replicasCompared(),
                p.artifact(),
                p.createdAt(),
                p.createdBy()));
    }
}

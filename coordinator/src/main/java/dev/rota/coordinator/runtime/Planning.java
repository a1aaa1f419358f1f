package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.plan.PlanInputs;
import dev.rota.coordinator.plan.PlanRequest;
import dev.rota.coordinator.plan.PlanResult;
import java.util.function.BiFunction;

/** A kind of plan: where it leads, and who makes it. Both are asked on the loop's thread. */
interface Planning {
    /** The release it leads to. */
    Release target(Inventory.Cluster cluster) throws Refusal;

    /** Makes the plan on another thread; what it needs of the state is taken now, after the nodes were looked at. */
    BiFunction<PlanInputs, PlanRequest, PlanResult> planner() throws Refusal;
}

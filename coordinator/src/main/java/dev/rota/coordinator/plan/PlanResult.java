package dev.rota.coordinator.plan;

import dev.rota.coordinator.domain.Plan;

/** A plan, or why there is none. */
public sealed interface PlanResult {
    /** The plan, not yet under its content address. */
    record Planned(Plan plan) implements PlanResult {}

    /**
     * No plan.
     *
     * @param code stable word for scripts
     * @param sentence what is in the way and what to do next
     */
    record Refused(String code, String sentence) implements PlanResult {}
}

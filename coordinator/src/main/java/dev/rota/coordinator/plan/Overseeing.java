package dev.rota.coordinator.plan;

import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.plan.PlanResult.Refused;
import java.time.Duration;
import java.util.Optional;

/** What watches over a plan's rollout: what the operator asks for, on what the coordinator's configuration and the recipe say. */
final class Overseeing {
    private Overseeing() {}

    static Oversight of(PlanInputs in, PlanRequest request) {
        Oversight asked = request.policy().oversight();
        Duration between = in.recipe().watching().betweenStable();
        return new Oversight(
                in.outlook().probe(),
                asked.budget(),
                in.outlook().blockers(),
                asked.blockedLimit(),
                asked.between().or(() -> between.isZero() ? Optional.empty() : Optional.of(between)),
                Known.of(
                        in.cluster().nodeNames(),
                        in.observations(),
                        in.outlook().probeSays()));
    }

    /** Nothing would measure what a budget limits. */
    static Optional<Refused> refused(PlanInputs in, PlanRequest request) {
        return request.policy().oversight().budget().unlimited()
                        || in.outlook().probe().isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Refused(
                                "NO_PROBE",
                                "a budget for downtime or failed probes needs an outside probe, and cluster "
                                        + in.cluster().name()
                                        + " has none: add 'probe:' to it in the coordinator's configuration, or plan without a budget"));
    }
}

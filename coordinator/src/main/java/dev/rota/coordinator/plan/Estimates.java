package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipe.GateSettings;
import dev.rota.contract.Recipe.PhaseSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long phases will take: as they took before, else as the recipe says, else not known. The health gate's waiting time belongs to
 * verify.
 */
record Estimates(Recipe recipe, Map<Phase, Duration> measured, GateSettings gate) {

    Optional<Duration> of(Phase phase) {
        Optional<PhaseSpec> spec = Optional.ofNullable(recipe.phases().get(phase));
        Optional<Duration> work = spec.isEmpty()
                ? Optional.of(Duration.ZERO)
                : Optional.ofNullable(measured.get(phase)).or(() -> spec.get().estimate());
        return phase == Phase.VERIFY ? work.map(w -> w.plus(gate.initial()).plus(gate.stable())) : work;
    }
}

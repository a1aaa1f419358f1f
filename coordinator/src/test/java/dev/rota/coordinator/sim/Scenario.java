package dev.rota.coordinator.sim;

import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.fixture.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A cluster and the plan for it. */
record Scenario(String name, Plan plan, Inventory inventory) {
    /** Every kind of layout, for this many nodes. */
    static List<Scenario> all(int nodes) {
        String[] names = IntStream.rangeClosed(1, nodes).mapToObj(i -> "n" + i).toArray(String[]::new);
        List<Scenario> all = new ArrayList<>();
        all.add(of("soft", Situation.of("shop", "23.01", "23.04", names)));
        all.add(of("soft-stay", Situation.of("desk", "1.0", "1.1", names)));
        all.add(of("shrink", Situation.of("shop", "23.01", "24.12", names)));
        all.add(of("stop-all", Situation.of("desk", "1.0", "1.1", names).mode(Mode.FULL_STOP)));
        all.add(of(
                "stop-all-drain",
                Situation.of("shop", "23.01", "24.12", names)
                        .recipeText(t -> t.replace("full_stop: {strategy: shrink}", ""))));
        all.add(of(
                "soft-soft",
                Situation.of("desk", "1.0", "2.0", names)
                        .recipeText(t -> t.replace("{rule: direct}", "{rule: direct, stepping_stones: [{via: '1.1'}]}"))
                        .catalogue("1.1")));
        all.add(of(
                "soft-shrink",
                Situation.of("shop", "23.01", "24.12", names)
                        .recipeText(t -> t.replace("path:\n", "path:\n  stepping_stones: [{via: '23.04'}]\n")
                                .replace("\"24.12\"]", "\"23.10\", \"24.12\"]"))
                        .catalogue("23.04")));
        if (nodes > 2) {
            all.add(of(
                    "soft-rest", Situation.of("shop", "23.01", "23.04", names).runs("n2", "23.04")));
        }
        return all;
    }

    private static Scenario of(String name, Situation situation) {
        return new Scenario(
                name + "-" + situation.inventory().clusters().get(0).nodes().size(),
                situation.plan(),
                situation.inventory());
    }
}

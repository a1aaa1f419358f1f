package dev.rota.coordinator.sim;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.plan.BackPlanner;
import dev.rota.coordinator.plan.Loss;
import dev.rota.coordinator.plan.PlanResult;
import dev.rota.coordinator.plan.RestorePlanner;
import dev.rota.coordinator.plan.RolledOut;
import dev.rota.coordinator.plan.Saved;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Rollouts that take an earlier one back. */
final class Backwards {
    private static final String RESTORE = """
        rollback:
          restore:
            within: 20s
            do: [{restore: {from: '${backup.dir}/data.tar.gz', to: /opt/shop}}]
        """;

    private Backwards() {}

    /** Node by node, with all that was written. */
    static Scenario soft(String... names) {
        return scenario("back-soft", t -> t, s -> s, names);
    }

    /** Node by node, with checks that are undone. */
    static Scenario undoing(String... names) {
        return scenario("back-soft-undo", Situation::undone, s -> s, names);
    }

    /** With the data of the backups. */
    static Scenario fullStop(String... names) {
        return scenario(
                "back-full-stop", t -> t.replace("downgrade: true", "") + RESTORE, s -> s.mode(Mode.FULL_STOP), names);
    }

    /** The release stays, the data of one node's backup is put back. */
    static Scenario restore(String... names) {
        Situation now = Situation.of("shop", "23.04", "23.04", names).recipeText(t -> t + RESTORE);
        Saved saved = new Saved(
                "r0", "r0.1", Version.parse("23.04"), new TakenBack.Backup("5".repeat(64), Situation.T0, 100));
        PlanResult result = RestorePlanner.plan(
                now.inputs(),
                now.request(),
                new RestorePlanner.Restoring(names[0], "", List.of(saved), Map.of()),
                new Loss(true, false));
        if (!(result instanceof PlanResult.Planned planned)) {
            throw new AssertionError("no plan: " + result);
        }
        return Scenario.of("restore", PlanCodec.address(planned.plan()), now);
    }

    private static Scenario scenario(
            String name, UnaryOperator<String> recipe, UnaryOperator<Situation> how, String... names) {
        Plan done = how.apply(Situation.of("shop", "23.01", "23.04", names).recipeText(recipe))
                .plan();
        Situation now =
                Situation.of("shop", "23.04", "23.01", names).recipeText(recipe).catalogue("23.04");
        SortedMap<String, TakenBack.Backup> saved = new TreeMap<>();
        List.of(names).forEach(n -> saved.put(n, new TakenBack.Backup("5".repeat(64), Situation.T0, 100)));
        RolledOut past = new RolledOut(
                "r0",
                done,
                Optional.empty(),
                Optional.empty(),
                List.of(new RolledOut.Done(
                        "r0.1", done.hops().get(0), EnumSet.allOf(Phase.class), List.of(names), saved, List.of())),
                Map.of());
        PlanResult result = BackPlanner.plan(now.inputs(), now.request(), past, new Loss(true, false));
        if (!(result instanceof PlanResult.Planned planned)) {
            throw new AssertionError("no plan: " + result);
        }
        return Scenario.of(name, PlanCodec.address(planned.plan()), now);
    }
}

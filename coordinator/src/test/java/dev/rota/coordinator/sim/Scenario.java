package dev.rota.coordinator.sim;

import dev.rota.contract.Recipes;
import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.plan.TurnRequest;
import dev.rota.coordinator.rollout.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A cluster and the plan for it. */
record Scenario(String name, Plan plan, Inventory inventory, Recipes recipes, List<LogEntry> history) {
    private static final String MANUAL =
            "# Upgrade to shop 23.04\n\nFor MySQL:\n\n```sql\nALTER TABLE users ADD COLUMN nick text;\n```\n";

    private static final String BACKUP =
            "  backup:\n    within: 20s\n    do: [{archive: {paths: [\"${root}/data\"], to: \"${backup.dir}/d.tar.gz\"}}]\n";
    private static final String RESTORE =
            "rollback:\n  restore:\n    within: 20s\n    do: [{restore: {from: \"${backup.dir}/d.tar.gz\", to: \"${root}/data\"}}]\n";

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
        all.add(of(
                "soft-manual",
                Situation.of("shop", "23.01", "23.04", names)
                        .note("23.04.md", MANUAL)
                        .assume("storage", "mysql")));
        Situation zoned = Situation.of("desk", "1.0", "1.1", names).bounds(2, 1);
        for (String n : names) {
            zoned.zone(n, "z" + Integer.parseInt(n.substring(1)) % 2);
        }
        all.add(of("soft-zones", zoned));
        all.add(of("soft-zones-retry", zoned).with(2, FailurePolicy.Then.HOLD));
        Scenario soft = of("soft-back", Situation.of("shop", "23.01", "23.04", names));
        all.add(soft.with(1, FailurePolicy.Then.ROLLBACK_NODE));
        all.add(stayBack("soft-stay-back", t -> t, names).with(0, FailurePolicy.Then.ROLLBACK_ALL));
        all.add(of("soft-retry", Situation.of("shop", "23.01", "23.04", names)).with(2, FailurePolicy.Then.HOLD));
        all.add(of("soft-undo", Situation.of("desk", "1.0", "1.1", names).recipeText(Situation::undone)));
        all.add(of(
                "stop-all-undo",
                Situation.of("desk", "1.0", "1.1", names)
                        .recipeText(Situation::undone)
                        .mode(Mode.FULL_STOP)));
        all.add(stayBack("soft-undo-back", Situation::undone, names).with(0, FailurePolicy.Then.ROLLBACK_ALL));
        if (nodes > 2) {
            all.addAll(sideBySide(names));
            all.add(of(
                    "soft-rest", Situation.of("shop", "23.01", "23.04", names).runs("n2", "23.04")));
        }
        return all;
    }

    /** The first node alone, since it migrates for all, then two at once. */
    static Scenario beside(String... names) {
        return of("soft-beside", Situation.of("shop", "23.01", "23.04", names).bounds(2, 1));
    }

    /** More than one node out at once. */
    private static List<Scenario> sideBySide(String... names) {
        List<Scenario> all = new ArrayList<>();
        all.add(beside(names));
        all.add(of(
                "soft-beside-free",
                Situation.of("shop", "23.01", "23.04", names)
                        .recipeText(t -> t.replace("    once: true\n", ""))
                        .bounds(names.length - 1, 1)));
        all.add(of(
                "soft-beside-peers",
                Situation.of("shop", "23.01", "23.04", names)
                        .recipeText(t -> t.replace("  drain:\n", "  drain:\n    on: peer\n"))
                        .bounds(2, 1)));
        all.add(of("soft-stay-beside", Situation.of("desk", "1.0", "1.1", names).bounds(names.length - 1, 1)));
        all.add(of(
                "soft-canary",
                Situation.of("shop", "23.01", "23.04", names)
                        .bounds(2, 1)
                        .turns(new TurnRequest(0, 0, 1, List.of(), true))));
        if (names.length > 3) {
            Situation domains = Situation.of("shop", "23.01", "23.04", names).bounds(3, 1);
            for (String n : names) {
                domains.zone(n, n.equals("n1") ? "a" : "b");
            }
            all.add(of("soft-domains", domains));
        }
        return all;
    }

    /** A cluster and a plan that was made for it otherwise. */
    static Scenario of(String name, Plan plan, Situation situation) {
        Inventory inventory = situation.inventory();
        return new Scenario(
                name + "-" + plan.members().size(), plan, inventory, situation.recipes(), history(plan, inventory));
    }

    private static Scenario of(String name, Situation situation) {
        return of(name, situation.plan(), situation);
    }

    /** Those of three nodes in which every node may go back from anywhere. */
    static List<Scenario> backwards() {
        String[] names = {"n1", "n2", "n3"};
        return List.of(
                of("soft", Situation.of("shop", "23.01", "23.04", names)),
                stayBack("soft-stay-back", t -> t, names),
                stayBack("soft-undo-back", Situation::undone, names),
                beside(names));
    }

    /** Those of three nodes whose checks and announcements are undone. */
    static List<Scenario> undoing() {
        return all(3).stream().filter(s -> s.name().contains("-undo-")).toList();
    }

    /** Nodes that stay members have their backup put back. */
    private static Scenario stayBack(String name, UnaryOperator<String> recipe, String... names) {
        return of(
                name,
                Situation.of("desk", "1.0", "1.1", names)
                        .recipeText(t -> recipe.apply(t.replace("  stop:\n", BACKUP + "  stop:\n") + RESTORE)));
    }

    /** The same plan with a policy. */
    Scenario with(int retries, FailurePolicy.Then then) {
        FailurePolicy failure = new FailurePolicy(retries, Duration.ofSeconds(3), then);
        return with(Plans.withPolicy(plan, plan.policy().with(failure)));
    }

    /** The same cluster with another plan. */
    Scenario with(Plan other) {
        return new Scenario(name, other, inventory, recipes, history(other, inventory));
    }

    /** What the journal says when a run begins: the rollout has just been started. */
    private static List<LogEntry> history(Plan plan, Inventory inventory) {
        return List.of(
                LogEntry.epoch(1),
                new LogEntry(1, EntryCodec.encode(new Entry.InventoryDeclared(inventory))),
                new LogEntry(1, EntryCodec.encode(new Entry.PlanMade("q1", plan))),
                new LogEntry(
                        1,
                        EntryCodec.encode(
                                new Entry.RolloutStarted("q2", World.ROLLOUT, plan.id(), "ann", Situation.T0))));
    }
}

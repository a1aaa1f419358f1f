package dev.rota.hold;

import dev.rota.contract.Digest;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.Source;
import dev.rota.coordinator.plan.PlanInputs;
import dev.rota.coordinator.plan.PlanRequest;
import dev.rota.coordinator.plan.PlanResult;
import dev.rota.coordinator.plan.Planner;
import dev.rota.coordinator.plan.TurnRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A cluster and the plan of a rollout. */
final class Scene {
    private final Recipe recipe;
    private final String from;
    private final String to;
    private final List<String> nodes;
    private final List<Note> notes;
    private final SortedMap<String, String> assume;
    private final Optional<Mode> mode;
    private final int maxUnavailable;
    private TurnRequest turns = TurnRequest.plain();
    private UnaryOperator<Plan> edit = p -> p;

    private Scene(
            String product,
            String from,
            String to,
            List<String> nodes,
            List<Note> notes,
            Map<String, String> assume,
            Optional<Mode> mode,
            int maxUnavailable) {
        this.recipe = Recipes.load(null).find(product).orElseThrow();
        this.from = from;
        this.to = to;
        this.nodes = nodes;
        this.notes = notes;
        this.assume = new TreeMap<>(assume);
        this.mode = mode;
        this.maxUnavailable = maxUnavailable;
    }

    /** Three nodes, one after the other. */
    static Scene soft() {
        return new Scene("sample", "1.0", "1.1", List.of("n1", "n2", "n3"), List.of(), Map.of(), Optional.empty(), 1);
    }

    /** Two of three nodes at once. */
    static Scene sideBySide() {
        return new Scene("sample", "1.0", "1.1", List.of("n1", "n2", "n3"), List.of(), Map.of(), Optional.empty(), 2);
    }

    /** All but one node leave. */
    static Scene shrink() {
        return new Scene(
                "ejabberd",
                "23.01",
                "23.04",
                List.of("n1", "n2"),
                List.of(Source.of("23.04/upgrade.md", "# Upgrade to ejabberd 23.04\n\nNothing to do.\n")),
                Map.of("storage", "mnesia"),
                Optional.of(Mode.FULL_STOP),
                1);
    }

    /** Notes ask for something only a person can do. */
    static Scene manual() {
        return new Scene(
                "ejabberd",
                "23.01",
                "23.04",
                List.of("n1", "n2", "n3"),
                List.of(Source.of("23.04/upgrade.md", """
                        # Upgrade to ejabberd 23.04

                        Erlang/OTP 20 or newer is required.

                        ## SQL schema

                        On MySQL:

                        ```sql
                        ALTER TABLE archive ADD COLUMN reply text;
                        CREATE INDEX i_archive_reply USING BTREE ON archive(reply(191));
                        ```
                        """)),
                Map.of("storage", "mysql"),
                Optional.empty(),
                1);
    }

    Scene turns(TurnRequest asked) {
        turns = asked;
        return this;
    }

    /** The plan is another one than the planner makes. */
    Scene edited(UnaryOperator<Plan> by) {
        edit = by;
        return this;
    }

    Course course() {
        Inventory.Cluster cluster = new Inventory.Cluster(
                "chat",
                recipe.name(),
                nodes.stream().map(n -> new Inventory.Node(n, "")).toList());
        SortedMap<String, NodeObservation> seen = new TreeMap<>();
        nodes.forEach(n -> seen.put(n, seen(n)));
        Release release = new Release(
                recipe.name(),
                Version.parse(to),
                new Release.ArtifactRef(Digest.sha256(recipe.name() + to), 1000, to + ".tar.gz"),
                Optional.empty(),
                "",
                Optional.empty(),
                Course.START,
                "ops");
        PlanResult result = Planner.plan(
                new PlanInputs(
                        cluster, recipe, release, List.of(release), notes, "", seen, Map.of(), Course.START, "ops"),
                new PlanRequest(
                                "chat",
                                Version.parse(to),
                                mode,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                maxUnavailable,
                                1,
                                false,
                                assume,
                                "",
                                false,
                                Policy.DEFAULT,
                                "")
                        .with(turns));
        if (!(result instanceof PlanResult.Planned planned)) {
            throw new AssertionError(result);
        }
        return Course.of(PlanCodec.address(edit.apply(planned.plan())), new Inventory(List.of(cluster)));
    }

    private NodeObservation seen(String node) {
        return new NodeObservation(
                node,
                Course.START,
                recipe.name() + "@" + node,
                Optional.of(Version.parse(from)),
                "",
                true,
                "",
                recipe.members()
                        .map(q ->
                                nodes.stream().map(n -> recipe.name() + "@" + n).toList()),
                Optional.empty(),
                1L << 34,
                List.of(),
                5);
    }

    /** The plan with other batches and another bound. */
    static Plan copy(Plan p, List<Plan.Batch> batches, int maxUnavailable) {
        return new Plan(
                "",
                p.cluster(),
                p.product(),
                p.recipeDigest(),
                p.hops(),
                p.members(),
                batches,
                p.gate(),
                maxUnavailable,
                p.minServing(),
                p.membersCompared(),
                p.replicasCompared(),
                p.evidence(),
                p.policy(),
                p.basis(),
                p.createdAt(),
                p.createdBy());
    }
}

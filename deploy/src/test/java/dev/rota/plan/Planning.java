package dev.rota.plan;

import dev.rota.cli.view.PlanView;
import dev.rota.cli.view.layout.Page;
import dev.rota.contract.Digest;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.grpc.PlanViews;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.Source;
import dev.rota.coordinator.plan.Basis;
import dev.rota.coordinator.plan.PlanInputs;
import dev.rota.coordinator.plan.PlanRequest;
import dev.rota.coordinator.plan.PlanResult;
import dev.rota.coordinator.plan.Planner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster of a built-in recipe, a catalogue with notes, and what {@code rota plan} says about them. */
final class Planning {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Page PAGE = new Page(120, false, NOW);

    private final Recipe recipe;
    private final Version from;
    private final List<String> nodes;
    private final List<Release> releases = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<NoteRef> refs = new ArrayList<>();
    private final SortedMap<String, String> assume = new TreeMap<>();
    private boolean allowDowngrade;

    private Planning(String product, String from, List<String> nodes) {
        this.recipe = Recipes.load(null).find(product).orElseThrow();
        this.from = Version.parse(from);
        this.nodes = nodes;
    }

    /** All nodes serve and run the version. */
    static Planning of(String product, String from, String... nodes) {
        return new Planning(product, from, List.of(nodes));
    }

    /** Releases in the catalogue. */
    Planning releases(String... versions) {
        for (String version : versions) {
            releases.add(new Release(
                    recipe.name(),
                    Version.parse(version),
                    new Release.ArtifactRef(Digest.sha256(recipe.name() + version), 1000, version + ".tar.gz"),
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    NOW,
                    "ops"));
        }
        return this;
    }

    /** A file of notes. */
    Planning note(String path, String text) {
        notes.add(Source.of(path, text));
        refs.add(new NoteRef(path, Digest.sha256(text), text.getBytes(StandardCharsets.UTF_8).length));
        return this;
    }

    /** What is known about the cluster. */
    Planning assume(String name, String value) {
        assume.put(name, value);
        return this;
    }

    /** {@code --allow-downgrade}. */
    Planning allowDowngrade() {
        allowDowngrade = true;
        return this;
    }

    /** What the command prints. */
    String to(String version) {
        Version to = Version.parse(version);
        Inventory.Cluster cluster = new Inventory.Cluster(
                "prod",
                recipe.name(),
                nodes.stream().map(n -> new Inventory.Node(n, "")).toList());
        Map<String, NodeObservation> seen = nodes.stream().collect(Collectors.toMap(Function.identity(), this::seen));
        PlanResult result = Planner.plan(
                new PlanInputs(
                        cluster,
                        recipe,
                        releases.stream()
                                .filter(r -> r.version().equals(to))
                                .findFirst()
                                .orElseThrow(),
                        releases,
                        notes,
                        Basis.notes(refs),
                        seen,
                        Map.of(),
                        NOW,
                        "ops"),
                new PlanRequest(
                        "prod",
                        to,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        1,
                        allowDowngrade,
                        assume,
                        "",
                        false,
                        Policy.DEFAULT,
                        ""));
        return result instanceof PlanResult.Planned p
                ? stable(PlanView.text(PlanViews.plan(PlanCodec.address(p.plan()), false), PAGE, false))
                : refused((PlanResult.Refused) result);
    }

    private NodeObservation seen(String node) {
        List<String> members = Stream.of(nodes)
                .flatMap(List::stream)
                .map(n -> recipe.name() + "@" + n)
                .toList();
        return new NodeObservation(
                node,
                NOW,
                recipe.name() + "@" + node,
                Optional.of(from),
                "",
                true,
                "",
                recipe.members().map(m -> members),
                Optional.empty(),
                1L << 34,
                List.of(),
                5);
    }

    private static String refused(PlanResult.Refused no) {
        return "rota: " + no.sentence() + " [" + no.code() + "]\n";
    }

    /** The plan's id and the recipe's digest change with every edit of the recipe. */
    private String stable(String text) {
        return text.lines()
                .map(l -> l.startsWith("plan ")
                        ? "plan PLAN"
                        : l.startsWith("  rota apply ") ? "  rota apply PLAN --wait" : l)
                .map(l -> l.replace(recipe.digest(), "RECIPE"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}

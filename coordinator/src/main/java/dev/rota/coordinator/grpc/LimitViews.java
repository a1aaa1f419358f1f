package dev.rota.coordinator.grpc;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipe.GateSettings;
import dev.rota.contract.yaml.Units;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.rollout.Engine;
import dev.rota.coordinator.rollout.Stall;
import dev.rota.coordinator.runtime.TimeOuts;
import dev.rota.wire.operator.v1.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every time-out and limit that holds for a plan, with its value, where it comes from, and what happens when it is over. */
public final class LimitViews {
    private static final String RECIPE = "recipe";
    private static final String OPTION = "option";
    private static final String BUILT_IN = "built in";
    private static final String CONFIGURATION = "configuration";
    private static final String HELD = "the rollout is held: ";

    private final Plan plan;
    private final Optional<Recipe> recipe;
    private final List<Limit> limits = new ArrayList<>();

    private LimitViews(Plan plan, Optional<Recipe> recipe) {
        this.plan = plan;
        this.recipe = recipe.filter(r -> r.digest().equals(plan.recipeDigest()));
    }

    /**
     * The limits.
     *
     * @param recipe the one that is there now; it says nothing about a plan that was made with another one
     * @param heartbeat how often an agent shows that it is there
     */
    public static List<Limit> of(Plan plan, Optional<Recipe> recipe, Duration heartbeat) {
        LimitViews v = new LimitViews(plan, recipe);
        v.nodes();
        v.gate();
        v.limits.addAll(Oversights.limits(plan, v.recipe));
        v.phases();
        v.failure();
        v.alarms();
        v.coordinator(heartbeat);
        return List.copyOf(v.limits);
    }

    private void nodes() {
        if (plan.hops().stream().noneMatch(h -> h.mode() == Mode.SOFT)) {
            return;
        }
        add(
                "nodes out of service",
                number(plan.maxUnavailable(), plan.policy().turns().maxUnavailableAsked()),
                asked(plan.maxUnavailable(), plan.policy().turns().maxUnavailableAsked()),
                "no other node is taken out");
        add(
                "nodes serving, at least",
                number(plan.minServing(), plan.policy().turns().minServingAsked()),
                asked(plan.minServing(), plan.policy().turns().minServingAsked()),
                "no other node is taken out");
    }

    private static String number(int bound, String percent) {
        return percent.isEmpty() ? bound + "" : bound + " (" + percent + ")";
    }

    private static String asked(int bound, String percent) {
        return bound == 1 && percent.isEmpty() ? BUILT_IN : OPTION;
    }

    private void gate() {
        GateSettings g = plan.gate();
        GateSettings r = recipe.map(Recipe::gate).orElse(g);
        GateSettings d = GateSettings.DEFAULT;
        time(
                "health gate, wait first",
                g.initial(),
                source(g.initial(), r.initial(), d.initial()),
                "it begins to look");
        time("health gate, stable", g.stable(), source(g.stable(), r.stable(), d.stable()), "it has passed");
        time("health gate, retry", g.retry(), source(g.retry(), r.retry(), d.retry()), HELD + "what does not hold");
        time("health gate, every", g.every(), source(g.every(), r.every(), d.every()), "it looks again");
        time("take-out, leave and join gates", Engine.PERMIT_RETRY, BUILT_IN, HELD + "what does not hold");
        time("a node's answer to a look", TimeOuts.look(), BUILT_IN, "its agent counts as silent in this look");
    }

    private static String source(Duration value, Duration ofRecipe, Duration otherwise) {
        return !value.equals(ofRecipe) ? OPTION : value.equals(otherwise) ? BUILT_IN : RECIPE;
    }

    private void phases() {
        Set<Phase> planned = EnumSet.noneOf(Phase.class);
        plan.batches().stream()
                .flatMap(b -> b.lanes().stream())
                .flatMap(l -> l.steps().stream())
                .filter(Plan.PlannedStep::acts)
                .filter(s -> planned.add(s.phase()))
                .forEach(this::phase);
        time("an agent's answer after that", Engine.ANSWER_GRACE, BUILT_IN, HELD + "AGENT_SILENT");
    }

    private void phase(Plan.PlannedStep step) {
        boolean own = !step.within().equals(Recipe.PhaseSpec.DEFAULT_WITHIN);
        time("phase " + step.phase().label(), step.within(), own ? RECIPE : BUILT_IN, HELD + "STEP_TIMED_OUT");
        recipe.flatMap(r -> Optional.ofNullable(r.phases().get(step.phase())))
                .ifPresent(spec -> spec.actions().stream()
                        .filter(a -> !a.within().equals(spec.within()))
                        .forEach(a -> time(
                                "  " + step.phase().label() + ": " + a.title(),
                                a.within(),
                                RECIPE,
                                "the step has failed or timed out")));
    }

    private void failure() {
        FailurePolicy f = plan.policy().failure();
        String from = f.equals(FailurePolicy.DEFAULT) ? BUILT_IN : OPTION;
        add(
                "tries of a step beside the first",
                f.retries() + "",
                from,
                "what the failure policy says: " + f.then().label());
        if (f.retries() > 0) {
            time("pause before the first of them", f.backoff(), from, "the step is tried again");
            time("longest pause between two", FailurePolicy.MAX_PAUSE, BUILT_IN, "the step is tried again");
        }
        add("failures until it stops", "1", BUILT_IN, "nothing new starts");
    }

    private void alarms() {
        time(
                "no progress beyond its own deadlines",
                Stall.BOUND,
                BUILT_IN,
                "an alarm: STALLED in status, why and watch");
        Duration mixed = plan.policy().mixedLimit();
        time(
                "two versions side by side",
                mixed,
                mixed.equals(Policy.DEFAULT_MIXED_LIMIT) ? BUILT_IN : OPTION,
                "an alarm: MIXED_TOO_LONG in status, why and rollouts show");
        add("a person's answer to a hold or pause", "none", "", "it waits; nothing is done to a node meanwhile");
    }

    private void coordinator(Duration heartbeat) {
        time("agent's heartbeat", heartbeat, CONFIGURATION, "the agent shows that it is there");
        time(
                "silence of a connected agent",
                heartbeat.multipliedBy(AgentLinkService.SILENT_HEARTBEATS),
                CONFIGURATION,
                "its connection is ended, and it connects again");
        time(
                "commit to the journal",
                TimeOuts.commit(),
                BUILT_IN,
                "the outcome is unknown; it is asked or tried again");
        time("a majority's word on a read", TimeOuts.read(), BUILT_IN, "the read is refused");
        time("between two looks at deadlines", TimeOuts.tick(), BUILT_IN, "deadlines are looked at");
    }

    private void time(String name, Duration value, String source, String then) {
        add(name, Units.format(value), source, then);
    }

    private void add(String name, String value, String source, String then) {
        limits.add(Limit.newBuilder()
                .setName(name)
                .setValue(value)
                .setSource(source)
                .setThen(then)
                .build());
    }
}

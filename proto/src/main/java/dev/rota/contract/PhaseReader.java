package dev.rota.contract;

import dev.rota.contract.yaml.Nearest;
import dev.rota.contract.yaml.Units;
import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the phases of a recipe. */
final class PhaseReader {
    private static final Duration MIN_WITHIN = Duration.ofMillis(10);
    private static final Duration MAX_WITHIN = Duration.ofHours(24);
    private static final Duration MIN_EVERY = Duration.ofMillis(10);
    private static final Duration MAX_EVERY = Duration.ofMinutes(1);
    private static final Duration DEFAULT_EVERY = Duration.ofMillis(50);
    /** Phases a peer may carry out; all others change or look at the files and processes of the node itself. */
    private static final Set<Phase> PEER_PHASES =
            EnumSet.of(Phase.ANNOUNCE, Phase.DRAIN, Phase.LEAVE, Phase.JOIN, Phase.UNDRAIN);
    /** Phases whose effect may be shared by the whole cluster. */
    private static final Set<Phase> ONCE_PHASES = EnumSet.of(Phase.ANNOUNCE, Phase.MIGRATE);

    /** Phases that come before any node is touched, whose effect no other phase takes back. */
    private static final Set<Phase> UNDO_PHASES = EnumSet.of(Phase.CHECK, Phase.ANNOUNCE);

    /** Phases that may be taken when a node goes back; the others have no way back, or none of their own. */
    private static final Set<Phase> BACK_PHASES = EnumSet.of(
            Phase.DRAIN,
            Phase.LEAVE,
            Phase.STOP,
            Phase.MIGRATE,
            Phase.INSTALL,
            Phase.RESTORE,
            Phase.START,
            Phase.JOIN,
            Phase.VERIFY,
            Phase.UNDRAIN);

    private static final List<String> LABELS =
            Arrays.stream(Phase.values()).map(Phase::label).toList();

    private final TemplateCheck templates;
    private final boolean membersKnown;

    PhaseReader(TemplateCheck templates, boolean membersKnown) {
        this.templates = templates;
        this.membersKnown = membersKnown;
    }

    Map<Phase, Recipe.PhaseSpec> read(YamlNode node) {
        YamlMap map = node.map();
        if (node.isMap() && map.keys().isEmpty()) {
            node.problem("expected at least one phase");
        }
        Map<Phase, Recipe.PhaseSpec> phases = new EnumMap<>(Phase.class);
        for (String key : map.keys()) {
            Phase.of(key)
                    .ifPresentOrElse(
                            phase -> phases.put(phase, phase(phase, map.require(key))), () -> unknown(map, key));
        }
        return Collections.unmodifiableMap(phases);
    }

    /** The phases of a node that goes back. */
    Map<Phase, Recipe.PhaseSpec> readRollback(YamlNode node) {
        Map<Phase, Recipe.PhaseSpec> phases = read(node);
        phases.values().stream()
                .filter(spec -> !BACK_PHASES.contains(spec.phase()))
                .forEach(spec -> node.problems()
                        .add(
                                node.map().at(spec.phase().label()),
                                "phase '" + spec.phase().label() + "' never goes back; those that may: "
                                        + labels(BACK_PHASES)));
        phases.values().stream()
                .filter(Recipe.PhaseSpec::once)
                .forEach(spec -> node.problems()
                        .add(
                                node.map().at(spec.phase().label()),
                                "'once' has no place here: one node goes back by itself"));
        return phases;
    }

    private static void unknown(YamlMap map, String key) {
        String hint = Nearest.to(key, LABELS)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(";");
        map.problems().add(map.at(key), "unknown phase '" + key + "'" + hint + " phases: " + String.join(", ", LABELS));
    }

    private Recipe.PhaseSpec phase(Phase phase, YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("on", "once", "within", "estimate", "do", "undo");
        boolean peer = map.get("on").map(n -> on(phase, n)).orElse(false);
        boolean once = map.get("once").map(n -> once(phase, n)).orElse(false);
        Duration within =
                map.get("within").map(n -> n.duration(MIN_WITHIN, MAX_WITHIN)).orElse(Recipe.PhaseSpec.DEFAULT_WITHIN);
        TemplateCheck.Scope scope = peer || phase == Phase.JOIN ? TemplateCheck.Scope.PEER : TemplateCheck.Scope.PHASE;
        List<Recipe.Action> actions = actions(map.require("do"), templates.in(scope), within);
        List<Recipe.Action> undo =
                map.get("undo").map(n -> undo(phase, n, scope, within)).orElse(List.of());
        return new Recipe.PhaseSpec(
                phase, peer ? Recipe.On.PEER : Recipe.On.SELF, once, within, estimate(map, within), actions, undo);
    }

    private List<Recipe.Action> undo(Phase phase, YamlNode node, TemplateCheck.Scope scope, Duration within) {
        if (!UNDO_PHASES.contains(phase)) {
            node.problem("what '" + phase.label()
                    + "' does is taken back by another phase, or not at all; undo may be in: " + labels(UNDO_PHASES));
        }
        return actions(node, templates.in(scope), within);
    }

    private static Optional<Duration> estimate(YamlMap map, Duration within) {
        return map.get("estimate").map(node -> {
            Duration estimate = node.duration(MIN_WITHIN, MAX_WITHIN);
            if (estimate.compareTo(within) > 0) {
                node.problem("longer than the phase may take (" + Units.format(within) + ")");
            }
            return estimate;
        });
    }

    private static boolean on(Phase phase, YamlNode node) {
        boolean peer = node.oneOf("self", "peer").equals("peer");
        if (peer && !PEER_PHASES.contains(phase)) {
            node.problem(
                    "phase '" + phase.label() + "' is always the node's own; on a peer may be: " + labels(PEER_PHASES));
        }
        return peer;
    }

    private static boolean once(Phase phase, YamlNode node) {
        boolean once = node.bool();
        if (once && !ONCE_PHASES.contains(phase)) {
            node.problem("phase '" + phase.label() + "' is for every node; once may be: " + labels(ONCE_PHASES));
        }
        return once;
    }

    private static String labels(Set<Phase> phases) {
        return String.join(", ", phases.stream().map(Phase::label).toList());
    }

    private List<Recipe.Action> actions(YamlNode node, TemplateCheck here, Duration phaseWithin) {
        if (node.isList() && node.list().isEmpty()) {
            node.problem("expected at least one action");
        }
        ActionReader works = new ActionReader(here);
        ConditionReader conditions = new ConditionReader(here, membersKnown);
        return node.list(item -> {
            Work work = works.work(item);
            YamlMap map = item.map();
            return new Recipe.Action(
                    map.get("title").map(here::word).orElseGet(() -> title(work)),
                    work,
                    map.get("unless").map(conditions::list).orElse(List.of()),
                    map.get("until").map(conditions::list).orElse(List.of()),
                    map.get("within").map(n -> within(n, phaseWithin)).orElse(phaseWithin),
                    map.get("every").map(n -> n.duration(MIN_EVERY, MAX_EVERY)).orElse(DEFAULT_EVERY));
        });
    }

    private static Duration within(YamlNode node, Duration phaseWithin) {
        Duration within = node.duration(MIN_WITHIN, MAX_WITHIN);
        if (within.compareTo(phaseWithin) > 0 && phaseWithin.compareTo(MIN_WITHIN) > 0) {
            node.problem("longer than the whole phase may take (" + Units.format(phaseWithin) + ")");
        }
        return within;
    }

    /** A command that could not be read has no main argument. */
    private static String title(Work work) {
        return work instanceof Work.Run run && run.command().isEmpty() ? run.kind() : work.describe();
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.Why.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What a person may answer to a hold, and what that does to the nodes that are stuck. */
final class HoldAnswers {
    private HoldAnswers() {}

    static List<Answer> of(RolloutState s) {
        SortedMap<String, Stuck> stuck = s.stuck();
        String id = s.id();
        List<Answer> answers = new ArrayList<>();
        String retry = Budgets.spent(s)
                ? "go on; the budget counts anew from here"
                : "try the failed step again, as a new attempt";
        answers.add(new Answer("retry", retry, "rota rollouts retry " + id));
        boolean back = !stuck.isEmpty()
                && stuck.keySet().stream()
                        .allMatch(n -> s.back().containsKey(n)
                                || WayBackFrom.obstacle(s, n).isEmpty());
        if (back) {
            answers.add(new Answer(
                    "rollback", backwards(s, stuck) + andTheOthers(s, false), "rota rollouts rollback " + id));
            if (!othersToGoBack(s).isEmpty() && !alreadyAll(s)) {
                answers.add(new Answer(
                        "rollback-all",
                        backTo(s, stuck) + andTheOthers(s, true),
                        "rota rollouts rollback " + id + " --all"));
            }
        }
        boolean skippable = !stuck.isEmpty()
                && stuck.entrySet().stream()
                        .allMatch(e ->
                                Skipping.obstacle(s, e.getKey(), e.getValue()).isEmpty());
        if (skippable) {
            answers.add(new Answer("skip", without(s, stuck), "rota rollouts skip " + id));
        }
        return answers;
    }

    /** Why there is no way back, one line a node; for the evidence. */
    static List<String> noWayBack(RolloutState s) {
        return s.stuck().keySet().stream()
                .filter(n -> !s.back().containsKey(n))
                .flatMap(n -> WayBackFrom.obstacle(s, n).stream())
                .map(why -> "no rollback: " + why)
                .distinct()
                .toList();
    }

    private static String backwards(RolloutState s, SortedMap<String, Stuck> stuck) {
        return stuck.keySet().stream().map(n -> backwards(s, n)).collect(Collectors.joining("; "));
    }

    private static String backTo(RolloutState s, SortedMap<String, Stuck> stuck) {
        return stuck.keySet().stream()
                .map(n -> WayBackFrom.steps(s, n).isEmpty()
                        ? "leave " + n + " as it is"
                        : "take " + n + " back to " + s.versionBefore(n))
                .collect(Collectors.joining("; "));
    }

    private static String andTheOthers(RolloutState s, boolean all) {
        List<String> others = othersToGoBack(s);
        return others.isEmpty() || !(all || alreadyAll(s))
                ? "; then end the rollout"
                : "; then " + String.join(", ", others) + " as well"
                        + (others.size() == 1 ? "" : ", one after the other") + "; then end the rollout";
    }

    private static boolean alreadyAll(RolloutState s) {
        return s.back().values().stream().anyMatch(Turnback::all);
    }

    /** Those that are upgraded and in service. */
    private static List<String> othersToGoBack(RolloutState s) {
        return s.facts().upgraded().stream()
                .filter(n -> !s.facts().outOfService().contains(n) && !s.stuck().containsKey(n))
                .toList();
    }

    private static String backwards(RolloutState s, String node) {
        if (s.back().containsKey(node)) {
            return "go on taking " + node + " back to " + s.versionBefore(node);
        }
        List<PlannedStep> way = WayBackFrom.steps(s, node);
        return way.isEmpty()
                ? "leave " + node + " as it is: nothing has been done to it yet"
                : "take " + node + " back to " + s.versionBefore(node) + " ("
                        + way.stream().map(PlannedStep::phase).map(Phase::label).collect(Collectors.joining(", "))
                        + ")";
    }

    private static String without(RolloutState s, Map<String, Stuck> stuck) {
        return stuck.entrySet().stream()
                .map(e -> Skipping.effect(s, e.getKey(), e.getValue()))
                .collect(Collectors.joining("; "));
    }
}

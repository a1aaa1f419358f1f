package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.BlockerPlan;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.ProbePlan;
import dev.rota.coordinator.domain.ProbeSight;
import dev.rota.coordinator.domain.Sight;
import dev.rota.coordinator.rollout.Problem.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Classifies what was seen from outside the nodes. */
final class Outside {
    private Outside() {}

    /**
     * What the outside probe has against the gate.
     *
     * @param holdingSince since when the gate holds; a probe that failed since then ends that
     */
    static List<Problem> probe(RolloutState state, Sight sight, Optional<Instant> holdingSince, Instant now) {
        Oversight o = state.plan().oversight();
        if (o.probe().isEmpty() || state.overseen().probe().excused()) {
            return List.of();
        }
        return failure(o.probe().get(), sight, holdingSince, now)
                .map(sentence -> List.of(new Problem(Code.PROBE_FAILS, sentence)))
                .orElse(List.of());
    }

    private static Optional<String> failure(ProbePlan plan, Sight sight, Optional<Instant> holdingSince, Instant now) {
        if (sight.probe().isEmpty()) {
            return Optional.of("the outside probe (" + plan.what() + ") has not answered yet");
        }
        ProbeSight p = sight.probe().get();
        if (!p.ok()) {
            return Optional.of("the outside probe (" + plan.what() + ") fails: " + p.said());
        }
        Duration age = Duration.between(p.at(), now);
        if (age.compareTo(plan.fresh()) > 0) {
            return Optional.of("the outside probe (" + plan.what() + ") has not answered since " + p.at());
        }
        return p.failedAt()
                .filter(failed -> holdingSince.filter(failed::isAfter).isPresent())
                .map(failed -> "the outside probe (" + plan.what() + ") failed at " + failed);
    }

    /** Every blocker of the plan must have been asked and let the node pass. */
    static List<Problem> blockers(RolloutState state, Sight sight) {
        List<Problem> problems = new ArrayList<>();
        for (BlockerPlan b : state.plan().oversight().blockers()) {
            Optional<BlockerAnswer> answer = sight.blockers().stream()
                    .filter(a -> a.name().equals(b.name()))
                    .findFirst();
            if (answer.isEmpty()) {
                problems.add(blocked(b.name(), "it was not asked"));
            }
        }
        sight.blockers().stream().filter(BlockerAnswer::blocks).forEach(a -> problems.add(blocked(a.name(), a.said())));
        return problems;
    }

    private static Problem blocked(String name, String said) {
        return new Problem(Code.BLOCKED, "blocker " + name + " lets no node be taken out: " + said);
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Reversibility;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.plan.GoingBack;
import dev.rota.coordinator.plan.RolledOut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a rollout has done to its cluster, read from its history. */
public final class Deeds {
    private final RolloutState state;

    private Deeds(RolloutState state) {
        this.state = state;
    }

    /** Of a rollout, for a plan that takes it back. */
    public static RolledOut of(CoordinatorState all, RolloutState state) {
        Optional<String> later = all.inOrder().stream()
                .dropWhile(r -> !r.id().equals(state.id()))
                .skip(1)
                .filter(r -> r.plan().cluster().equals(state.plan().cluster()))
                .map(RolloutState::id)
                .reduce((a, b) -> b);
        return new RolledOut(
                state.id(),
                state.plan(),
                state.status().ended()
                        ? Optional.empty()
                        : Optional.of(state.status().label()),
                later,
                new Deeds(state).hops());
    }

    /** How the rollout could be taken back from where it is now, to where it began. */
    public static Reversibility fromHere(RolloutState state) {
        return new Deeds(state)
                .hops().stream()
                        .map(done -> GoingBack.after(state.plan(), done.hop(), done.phases()))
                        .reduce(Reversibility.REVERSIBLE, Reversibility::and);
    }

    /** The same as a sentence for an operator. */
    public static String sentence(RolloutState state) {
        Deeds deeds = new Deeds(state);
        String from = state.plan().from().text();
        return switch (fromHere(state)) {
            case REVERSIBLE ->
                deeds.hops().stream().noneMatch(d -> d.phases().contains(Phase.START))
                        ? "possible: no node has come up with another release yet"
                        : "possible: " + from + " goes on with the data as it is";
            case WITH_RESTORE ->
                "possible with the data of the backups"
                        + deeds.hops().stream()
                                .flatMap(d -> d.backups().values().stream())
                                .map(TakenBack.Backup::at)
                                .min(Comparator.naturalOrder())
                                .map(at -> " (the oldest is of " + at + ")")
                                .orElse("")
                        + ": what was written since is lost";
            case IRREVERSIBLE ->
                "not possible with Rota: " + from + " does not go on with the data as it is, and"
                        + " the recipe does not say how a backup is put back";
        };
    }

    private List<RolledOut.Done> hops() {
        List<RolledOut.Done> all = new ArrayList<>();
        int number = 0;
        for (PlannedHop hop : state.plan().hops()) {
            number++;
            if (hop.firstBatch() <= state.batch()) {
                all.add(new RolledOut.Done(
                        state.id() + "." + number, hop, phases(hop), started(hop), backups(hop), byHand(hop)));
            }
        }
        return all;
    }

    private Stream<StepRecord> ended(PlannedHop hop) {
        int end = state.plan().endOf(hop);
        return state.history().stream()
                .filter(r -> r.gate().isEmpty() && r.batch() >= hop.firstBatch() && r.batch() < end);
    }

    /** What has failed, or is under way, may have had its effect all the same. */
    private Set<Phase> phases(PlannedHop hop) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        ended(hop).filter(r -> r.outcome() != StepReport.Outcome.REFUSED).forEach(r -> phases.add(r.phase()));
        if (state.hop().equals(hop)) {
            state.nodes().values().forEach(n -> {
                if (n instanceof NodeState.Working w) {
                    phases.add(w.phase());
                } else if (n instanceof NodeState.Stuck s && s.gate().isEmpty()) {
                    phases.add(s.phase());
                }
            });
        }
        return phases;
    }

    private List<String> started(PlannedHop hop) {
        return ended(hop)
                .filter(r -> r.phase() == Phase.START && r.outcome() == StepReport.Outcome.DONE)
                .map(StepRecord::node)
                .distinct()
                .toList();
    }

    private SortedMap<String, TakenBack.Backup> backups(PlannedHop hop) {
        SortedMap<String, TakenBack.Backup> all = new TreeMap<>();
        ended(hop)
                .filter(r -> r.phase() == Phase.BACKUP && r.outcome() == StepReport.Outcome.DONE)
                .filter(r -> !fact(r, "backup.sha256").isEmpty())
                .forEach(r -> all.put(
                        r.node(),
                        new TakenBack.Backup(
                                fact(r, "backup.sha256"), r.finishedAt(), number(fact(r, "backup.bytes")))));
        return all;
    }

    private static String fact(StepRecord r, String name) {
        return r.facts().getOrDefault(name, "");
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** What was confirmed before the hop changed anything, nodes of the old release have lived with. */
    private List<ManualStep> byHand(PlannedHop hop) {
        int end = state.plan().endOf(hop);
        Optional<Integer> changed = ended(hop)
                .filter(r -> r.phase() == Phase.STOP || r.phase() == Phase.INSTALL)
                .map(StepRecord::batch)
                .findFirst();
        return Stream.concat(state.plan().evidence().manual().stream(), state.added().stream())
                .filter(m -> state.facts().confirmed().contains(m.id()))
                .filter(m -> m.beforeBatch() <= end
                        && changed.filter(b -> m.beforeBatch() > b).isPresent())
                .toList();
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Reversibility;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.plan.GoingBack;
import dev.rota.coordinator.plan.RolledOut;
import dev.rota.coordinator.plan.Saved;
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
                .filter(r -> !r.plan().repair())
                .map(RolloutState::id)
                .reduce((a, b) -> b);
        return new RolledOut(
                state.id(),
                state.plan(),
                state.status().ended()
                        ? Optional.empty()
                        : Optional.of(state.status().label()),
                later,
                new Deeds(state).hops(),
                left(state));
    }

    /**
     * The release the rollout has left on each node. A node on which an installation failed, or whose answer is missing, may have
     * either, and is left out.
     */
    public static SortedMap<String, Version> left(RolloutState state) {
        SortedMap<String, Version> left = new TreeMap<>();
        state.plan().members().forEach(m -> left.put(m.node(), m.version()));
        for (StepRecord r : state.history()) {
            if (r.phase() == Phase.INSTALL && r.gate().isEmpty()) {
                PlannedHop hop = state.plan().hopOf(r.batch());
                if (r.outcome() == StepReport.Outcome.DONE) {
                    left.put(r.node(), r.back() ? before(state, hop, r.node()) : hop.to());
                } else if (r.outcome() != StepReport.Outcome.REFUSED) {
                    left.remove(r.node());
                }
            }
        }
        state.nodes().forEach((node, s) -> {
            if (s instanceof NodeState.Working w && w.phase() == Phase.INSTALL) {
                left.remove(node);
            } else if (s instanceof NodeState.Stuck st && st.gate().isEmpty() && st.phase() == Phase.INSTALL) {
                left.remove(node);
            }
        });
        return left;
    }

    private static Version before(RolloutState state, PlannedHop hop, String node) {
        return hop.firstBatch() == 0 ? state.plan().member(node).version() : hop.from();
    }

    /** The backups of a node that the cluster's rollouts have made, newest first. */
    public static List<Saved> saved(CoordinatorState all, String cluster, String node) {
        List<Saved> saved = new ArrayList<>();
        all.inOrder().stream()
                .filter(r -> r.plan().cluster().equals(cluster))
                .forEach(r -> new Deeds(r)
                        .hops()
                        .forEach(done -> Optional.ofNullable(done.backups().get(node))
                                .ifPresent(b -> saved.add(
                                        0,
                                        new Saved(r.id(), done.id(), done.hop().from(), b)))));
        return saved;
    }

    /** How the rollout could be taken back from where it is now, to where it began. */
    public static Reversibility fromHere(RolloutState state) {
        if (state.plan().repair()) {
            return Reversibility.REVERSIBLE;
        }
        return new Deeds(state)
                .hops().stream()
                        .map(done -> GoingBack.after(state.plan(), done.hop(), done.phases()))
                        .reduce(Reversibility.REVERSIBLE, Reversibility::and);
    }

    /** The same as a sentence for an operator. */
    public static String sentence(RolloutState state) {
        if (state.plan().repair()) {
            return "nothing to go back from: it installs nothing";
        }
        Deeds deeds = new Deeds(state);
        String from = state.plan().from().text();
        Optional<TakenBack> restores = state.plan().restores();
        if (restores.isPresent()) {
            String node = restores.get().restored().firstKey();
            return switch (fromHere(state)) {
                case REVERSIBLE -> "possible: nothing was put back yet";
                case WITH_RESTORE ->
                    "possible: 'rota nodes restore " + node + " --backup " + state.id()
                            + ".1' puts back what was there before";
                case IRREVERSIBLE -> "not possible: what was there before was not backed up";
            };
        }
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

package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.FailureDomains;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The safety rules as invariants over one transition; their numbers are those of the project's design. The engine refuses every
 * transition that breaks one, whatever led to it.
 */
public final class SafetyRules {
    private static final List<Rule> RULES = List.of(
            SafetyRules::slots,
            SafetyRules::lastServing,
            SafetyRules::leavePermitted,
            SafetyRules::oneLeavesOrJoins,
            SafetyRules::helperStays,
            SafetyRules::joinPermitted,
            SafetyRules::backOnlyWhenVerified,
            SafetyRules::attemptsGrow,
            CompensationRules::recordedBefore,
            CompensationRules::dischargedByItsUndo,
            SafetyRules::noAccidentalDowngrade,
            SafetyRules::backOnlyWhereAsked,
            SafetyRules::twoVersions,
            SafetyRules::slotHeldUntilServing,
            SafetyRules::onlyForward);

    private SafetyRules() {}

    /**
     * A rule that would be broken.
     *
     * @param number of the rule
     */
    public record Violation(int number, String node, Phase phase, String sentence) {}

    private interface Rule {
        Optional<Violation> check(RolloutState before, RolloutState after);
    }

    /** The first rule the transition would break. */
    public static Optional<Violation> check(RolloutState before, RolloutState after) {
        for (Rule rule : RULES) {
            Optional<Violation> broken = rule.check(before, after);
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> slots(RolloutState before, RolloutState after) {
        Plan plan = after.plan();
        if (after.hop().mode() != Mode.SOFT) {
            return Optional.empty();
        }
        var out = after.facts().outOfService();
        if (out.size() > plan.maxUnavailable()) {
            return broken(
                    1, after, out.size() + " nodes would be out of service, " + plan.maxUnavailable() + " may be");
        }
        if (!out.isEmpty() && plan.members().size() - out.size() < plan.minServing()) {
            return broken(1, after, "fewer than " + plan.minServing() + " nodes would serve");
        }
        if (out.size() < 2) {
            return Optional.empty();
        }
        SortedSet<String> domains = FailureDomains.of(plan).of(out);
        return domains.size() > 1
                ? broken(1, after, "nodes of " + String.join(" and ", domains) + " would be out of service at once")
                : Optional.empty();
    }

    /** In soft mode no node leaves or joins while another one does: neither would know who the members are. */
    private static Optional<Violation> oneLeavesOrJoins(RolloutState before, RolloutState after) {
        List<String> changing = after.nodes().entrySet().stream()
                .filter(e -> e.getValue() instanceof Working w && (w.phase() == Phase.LEAVE || w.phase() == Phase.JOIN))
                .map(Map.Entry::getKey)
                .toList();
        return after.hop().mode() == Mode.SOFT && changing.size() > 1
                ? broken(3, after, changing + " would leave or join at the same time")
                : Optional.empty();
    }

    /** In soft mode a node that helps another one is not taken out meanwhile. */
    private static Optional<Violation> helperStays(RolloutState before, RolloutState after) {
        if (after.hop().mode() != Mode.SOFT
                || before.facts().outOfService().equals(after.facts().outOfService())) {
            return Optional.empty();
        }
        return after.facts().outOfService().stream()
                .filter(n -> !before.facts().outOfService().contains(n))
                .flatMap(n -> after.nodes().entrySet().stream()
                        .filter(e -> e.getValue() instanceof Working w
                                && !e.getKey().equals(n)
                                && (w.executor().equals(n) || w.peer().equals(Optional.of(n))))
                        .map(e -> new Violation(
                                4,
                                n,
                                Phase.DRAIN,
                                "rule 4: " + n + " would be taken out of service while it helps " + e.getKey())))
                .findFirst();
    }

    private static Optional<Violation> lastServing(RolloutState before, RolloutState after) {
        boolean soft = after.hop().mode() == Mode.SOFT;
        int out = after.facts().outOfService().size();
        return soft && out >= after.plan().members().size()
                ? broken(2, after, "the last serving node would be taken out of service")
                : Optional.empty();
    }

    private static Optional<Violation> leavePermitted(RolloutState before, RolloutState after) {
        return begun(before, after, Phase.LEAVE)
                .flatMap(n -> leaveForbidden(before, n).stream())
                .findFirst();
    }

    private static Optional<Violation> leaveForbidden(RolloutState before, String n) {
        String why = "";
        if (!(before.node(n) instanceof Gating g && g.purpose() == GatePurpose.LEAVE)) {
            why = "without its gate";
        } else if (!before.facts().backedUp().contains(n) && joinComes(before, n)) {
            why = "without a verified backup, and has to join again";
        }
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(3, n, Phase.LEAVE, "rule 3: " + n + " would leave " + why));
    }

    private static boolean joinComes(RolloutState s, String node) {
        return s.batch() >= 0
                && s.plan().batches().subList(s.batch(), s.plan().endOf(s.hop())).stream()
                        .flatMap(b -> b.lane(node).stream())
                        .flatMap(l -> l.steps().stream())
                        .anyMatch(p -> p.phase() == Phase.JOIN);
    }

    private static Optional<Violation> joinPermitted(RolloutState before, RolloutState after) {
        return begun(before, after, Phase.JOIN)
                .flatMap(n -> joinForbidden(before, after, n).stream())
                .findFirst();
    }

    private static Optional<Violation> joinForbidden(RolloutState before, RolloutState after, String n) {
        Facts facts = before.facts();
        String peer = after.node(n) instanceof Working w ? w.peer().orElse("") : "";
        String why = "";
        if (!(before.node(n) instanceof Gating g && g.purpose() == GatePurpose.JOIN)) {
            why = "without its gate";
        } else if (!facts.left().contains(n)) {
            why = "although it did not leave in this rollout; its data would be wiped";
        } else if (!facts.backedUp().contains(n)) {
            why = "without a verified backup of this rollout";
        } else if (peer.equals(n) || !facts.serving(peer)) {
            why = "towards '" + peer + "', which is not another serving node";
        }
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(4, n, Phase.JOIN, "rule 4: " + n + " would join " + why));
    }

    private static Optional<Violation> backOnlyWhenVerified(RolloutState before, RolloutState after) {
        return begun(before, after, Phase.UNDRAIN)
                .filter(n -> !after.facts().verified().contains(n))
                .map(n -> new Violation(
                        5, n, Phase.UNDRAIN, "rule 5: " + n + " would be back in service before its health gate"))
                .findFirst()
                .or(() -> provenForTheWayBack(before, after));
    }

    /** What a node has proven with the new release says nothing about the old one it goes back to. */
    private static Optional<Violation> provenForTheWayBack(RolloutState before, RolloutState after) {
        return newlyBack(before, after)
                .filter(n -> after.facts().verified().contains(n)
                        || after.facts().upgraded().contains(n))
                .map(n -> new Violation(
                        5, n, Phase.VERIFY, "rule 5: " + n + " would go back and count as verified all the same"))
                .findFirst();
    }

    private static Stream<String> newlyBack(RolloutState before, RolloutState after) {
        return after.back().keySet().stream().filter(n -> !before.back().containsKey(n));
    }

    /** A node goes back only from where there is a way. */
    private static Optional<Violation> backOnlyWhereAsked(RolloutState before, RolloutState after) {
        RolloutState asked = before;
        for (Map.Entry<String, Turnback> e : after.back().entrySet()) {
            asked = asked.turned(e.getKey(), e.getValue());
        }
        for (String n : newlyBack(before, after).toList()) {
            Optional<String> obstacle = WayBackFrom.obstacle(asked, n);
            if (obstacle.isPresent()) {
                return Optional.of(
                        new Violation(10, n, Phase.INSTALL, "rule 10: " + n + " would go back: " + obstacle.get()));
            }
        }
        return Optional.empty();
    }

    /** A node that stays behind, or goes back, is one of two versions; the next hop would bring a third. */
    private static Optional<Violation> twoVersions(RolloutState before, RolloutState after) {
        boolean next = after.batch() != before.batch() && after.plan().beginsHop(after.batch());
        boolean behind =
                after.skipped().stream().anyMatch(Skip::turn) || !after.back().isEmpty();
        return next && behind
                ? broken(11, after, "the next hop would begin although not every node has come along")
                : Optional.empty();
    }

    private static Optional<Violation> attemptsGrow(RolloutState before, RolloutState after) {
        for (Map.Entry<String, NodeState> e : after.nodes().entrySet()) {
            boolean started = e.getValue() instanceof Working w
                    && !(before.node(e.getKey()) instanceof Working b
                            && b.phase() == w.phase()
                            && b.attempt() == w.attempt());
            if (started && e.getValue() instanceof Working w && w.attempt() <= before.attempts(e.getKey(), w.phase())) {
                return Optional.of(new Violation(
                        6,
                        e.getKey(),
                        w.phase(),
                        "rule 6: attempt " + w.attempt() + " of " + w.phase().label() + " would run twice"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> noAccidentalDowngrade(RolloutState before, RolloutState after) {
        PlannedHop hop = after.hop();
        return hop.to().compareTo(hop.from()) < 0 && !hop.downgrade()
                ? broken(10, after, "going from " + hop.from() + " to " + hop.to() + " is a downgrade nobody asked for")
                : Optional.empty();
    }

    private static Optional<Violation> slotHeldUntilServing(RolloutState before, RolloutState after) {
        return before.facts().outOfService().stream()
                .filter(n -> !after.facts().outOfService().contains(n))
                .filter(n -> !verified(before, after, n))
                .findFirst()
                .map(n -> new Violation(
                        13, n, Phase.VERIFY, "rule 13: the slot of " + n + " would be freed before it serves"));
    }

    /** Since it was taken out; what was verified is forgotten when the same transition begins the next hop. */
    private static boolean verified(RolloutState before, RolloutState after, String node) {
        return before.facts().verified().contains(node)
                || after.facts().verified().contains(node)
                || after.history().stream()
                        .skip(before.history().size())
                        .anyMatch(r -> r.node().equals(node)
                                && r.outcome() == StepReport.Outcome.DONE
                                && r.gate().equals(Optional.of(GatePurpose.VERIFY)));
    }

    /** Before a paused rollout is resumed, the lanes of its batch have not begun. */
    private static Optional<Violation> onlyForward(RolloutState before, RolloutState after) {
        if (after.batch() < before.batch()
                || after.history().size() < before.history().size()) {
            return broken(15, after, "the rollout would go back");
        }
        for (Map.Entry<String, Turnback> e : before.back().entrySet()) {
            Turnback now = after.back().get(e.getKey());
            if (!e.getValue().equals(now) && !e.getValue().andAll().equals(now)) {
                return Optional.of(new Violation(
                        15, e.getKey(), Phase.VERIFY, "rule 15: " + e.getKey() + " would go on after it went back"));
            }
        }
        boolean goesOn = after.currentBatch().filter(Compensations::undoes).isEmpty();
        if (after.batch() > before.batch() && !after.back().isEmpty() && goesOn) {
            return broken(15, after, "the rollout would go on although a node went back");
        }
        boolean sameBatch = after.batch() == before.batch() && !(before.status() instanceof RolloutStatus.Paused);
        for (String n : after.nodes().keySet()) {
            boolean turned = after.back().containsKey(n) && !before.back().containsKey(n);
            if (sameBatch && !turned && after.node(n).step() < before.node(n).step()) {
                return Optional.of(new Violation(15, n, Phase.STAGE, "rule 15: " + n + " would go back in its turn"));
            }
        }
        return Optional.empty();
    }

    /** The nodes whose phase the transition begins. */
    private static Stream<String> begun(RolloutState before, RolloutState after, Phase phase) {
        List<String> begun = new ArrayList<>();
        after.nodes().forEach((node, s) -> {
            if (s instanceof Working w
                    && w.phase() == phase
                    && !before.node(node).equals(w)) {
                begun.add(node);
            }
        });
        return begun.stream();
    }

    private static Optional<Violation> broken(int number, RolloutState after, String sentence) {
        String node = after.facts().outOfService().isEmpty()
                ? after.plan().members().get(0).node()
                : after.facts().outOfService().last();
        return Optional.of(new Violation(number, node, Phase.DRAIN, "rule " + number + ": " + sentence));
    }
}

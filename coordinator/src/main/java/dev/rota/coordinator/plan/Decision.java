package dev.rota.coordinator.plan;

import dev.rota.contract.Recipe.PathRule;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.domain.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Soft or full stop: the rules in order, the first that applies decides.
 *
 * @param reasons all rules that were looked at, up to and including the one that decided
 */
record Decision(Mode mode, List<Reason> reasons) {

    static Decision of(PlanInputs in, PlanRequest request, Version from) {
        List<Reason> looked = new ArrayList<>();
        for (Rule rule : List.<Rule>of(
                Decision::operatorChoice, Decision::notClustered, Decision::pathSkips, Decision::notesBan)) {
            Reason reason = rule.look(in, request, from);
            looked.add(reason);
            if (reason.decided()) {
                return new Decision(Mode.FULL_STOP, List.copyOf(looked));
            }
        }
        String allowed = in.target()
                .soft()
                .map(soft -> "release " + in.target().version() + " allows a soft upgrade: "
                        + in.target().reason())
                .orElse("nothing forbids it, and the product's procedure upgrades node by node");
        looked.add(new Reason(Code.PROCEDURE_DEFAULT, allowed, true));
        return new Decision(Mode.SOFT, List.copyOf(looked));
    }

    private interface Rule {
        Reason look(PlanInputs in, PlanRequest request, Version from);
    }

    private static Reason operatorChoice(PlanInputs in, PlanRequest request, Version from) {
        boolean asked = request.mode().equals(Optional.of(Mode.FULL_STOP));
        return new Reason(
                Code.OPERATOR_CHOICE,
                asked ? "the operator asked for a full stop" : "the operator did not ask for a full stop",
                asked);
    }

    private static Reason notClustered(PlanInputs in, PlanRequest request, Version from) {
        if (!in.recipe().clustered()) {
            return new Reason(Code.NOT_CLUSTERED, in.recipe().name() + " does not run as a cluster", true);
        }
        long serving = in.cluster().nodes().stream()
                .flatMap(n -> Optional.ofNullable(in.observations().get(n.name())).stream())
                .filter(NodeObservation::healthy)
                .count();
        return new Reason(
                Code.NOT_CLUSTERED,
                serving + " of " + in.cluster().nodes().size() + " nodes serve, a soft upgrade needs two",
                serving < 2);
    }

    private static Reason pathSkips(PlanInputs in, PlanRequest request, Version from) {
        PathRule rule = in.recipe().path();
        Version to = in.target().version();
        if (rule.kind() == PathRule.Kind.DIRECT) {
            return new Reason(Code.PATH_SKIPS, in.recipe().name() + " may go from any release to any later one", false);
        }
        if (in.target().follows().equals(Optional.of(from))) {
            return new Reason(Code.PATH_SKIPS, to + " was added as the direct follower of " + from, false);
        }
        List<Version> skipped = between(in, from, to);
        if (!skipped.isEmpty()) {
            String list = String.join(", ", skipped.stream().map(Version::text).toList());
            return new Reason(
                    Code.PATH_SKIPS,
                    "going from " + from + " to " + to + " skips " + list + "; "
                            + in.recipe().name() + " supports a soft upgrade only from one release to the next",
                    true);
        }
        boolean down = to.compareTo(from) < 0;
        boolean known = rule.releases().contains(to) && rule.releases().contains(from);
        return new Reason(
                Code.PATH_SKIPS,
                known
                        ? (down ? from : to) + " directly follows " + (down ? to : from)
                        : "it is not known that " + to + " directly follows " + from
                                + "; if it does, add the release with --follows " + from,
                !known);
    }

    private static List<Version> between(PlanInputs in, Version from, Version to) {
        TreeSet<Version> known = new TreeSet<>(in.recipe().path().releases());
        in.releases().forEach(r -> known.add(r.version()));
        return known.stream()
                .filter(v -> v.compareTo(older(from, to)) > 0 && v.compareTo(newer(from, to)) < 0)
                .toList();
    }

    /** A release's notes speak of the step up to it, whichever way it is taken. */
    private static Reason notesBan(PlanInputs in, PlanRequest request, Version from) {
        Version to = in.target().version();
        List<Release> banned = in.releases().stream()
                .filter(r -> r.version().compareTo(older(from, to)) > 0
                        && r.version().compareTo(newer(from, to)) <= 0)
                .filter(r -> r.soft().equals(Optional.of(false)))
                .toList();
        if (banned.isEmpty()) {
            return new Reason(Code.NOTES_BAN, "no release on the way forbids a soft upgrade", false);
        }
        Release first = banned.get(0);
        return new Reason(
                Code.NOTES_BAN, "release " + first.version() + " forbids a soft upgrade: " + first.reason(), true);
    }

    private static Version older(Version a, Version b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Version newer(Version a, Version b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}

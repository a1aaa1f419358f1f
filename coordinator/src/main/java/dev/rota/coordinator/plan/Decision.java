package dev.rota.coordinator.plan;

import dev.rota.contract.PathRule;
import dev.rota.contract.PathRule.By;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.notes.Finding;
import dev.rota.coordinator.notes.NotesVerdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Soft or full stop: the rules in order, the first that applies decides.
 *
 * @param reasons all rules that were looked at, up to and including the one that decided
 */
record Decision(Mode mode, List<Reason> reasons) {

    /**
     * Decides a hop.
     *
     * @param target the release it leads to
     */
    static Decision of(PlanInputs in, PlanRequest request, Hop hop, Release target, ReadNotes notes) {
        List<Reason> looked = new ArrayList<>();
        for (Rule rule : List.<Rule>of(
                Decision::operatorChoice,
                Decision::notClustered,
                (i, r, h) -> pathSkips(i, h, target),
                (i, r, h) -> notesBan(i, h, notes),
                (i, r, h) -> notesUnclear(i, r, notes),
                (i, r, h) -> SchemaHazards.look(i, h, notes))) {
            Reason reason = rule.look(in, request, hop);
            looked.add(reason);
            if (reason.decided()) {
                return new Decision(Mode.FULL_STOP, List.copyOf(looked));
            }
        }
        Reason procedure = procedure(in, hop, target, notes);
        looked.add(procedure);
        boolean soft = softlyReleased(target) || in.recipe().procedure().soft(hop.change(), notes.stops());
        return new Decision(soft ? Mode.SOFT : Mode.FULL_STOP, List.copyOf(looked));
    }

    private static boolean softlyReleased(Release target) {
        return target.soft().equals(Optional.of(true));
    }

    private static Reason procedure(PlanInputs in, Hop hop, Release target, ReadNotes notes) {
        if (softlyReleased(target)) {
            return new Reason(
                    Code.PROCEDURE_DEFAULT,
                    "release " + target.version() + " allows a soft upgrade: " + target.reason(),
                    true);
        }
        boolean allowed = notes.verdict().outcome() == Outcome.SOFT;
        if (in.recipe().procedure().soft(hop.change(), notes.stops())) {
            return new Reason(
                    Code.PROCEDURE_DEFAULT,
                    allowed
                            ? "the notes allow a soft upgrade, and nothing forbids it"
                            : "nothing forbids it, and the product's procedure upgrades node by node",
                    true,
                    allowed ? notes.cited() : Optional.empty());
        }
        return new Reason(
                Code.PROCEDURE_DEFAULT,
                "the product's procedure for an " + hop.change().label() + " is a full stop"
                        + (allowed
                                ? ", although the notes allow more; who knows better adds the release with --soft REASON"
                                : ""),
                true,
                allowed ? notes.cited() : Optional.empty());
    }

    private interface Rule {
        Reason look(PlanInputs in, PlanRequest request, Hop hop);
    }

    private static Reason operatorChoice(PlanInputs in, PlanRequest request, Hop hop) {
        boolean asked = request.mode().equals(Optional.of(Mode.FULL_STOP));
        return new Reason(
                Code.OPERATOR_CHOICE,
                asked ? "the operator asked for a full stop" : "the operator did not ask for a full stop",
                asked);
    }

    private static Reason notClustered(PlanInputs in, PlanRequest request, Hop hop) {
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

    private static Reason pathSkips(PlanInputs in, Hop hop, Release target) {
        PathRule rule = in.recipe().path();
        if (rule.kind() == PathRule.Kind.EVERY_RELEASE && !hop.skipped().isEmpty()) {
            return new Reason(
                    Code.PATH_SKIPS,
                    in.recipe().name() + " goes through every release, and going from " + hop.from() + " to " + hop.to()
                            + " skips what was withdrawn: "
                            + String.join(
                                    ", ",
                                    hop.skipped().stream().map(Version::text).toList()),
                    true);
        }
        if (rule.kind() != PathRule.Kind.CONSECUTIVE_FOR_SOFT) {
            return new Reason(Code.PATH_SKIPS, passes(in.recipe().name(), rule.kind(), hop), false);
        }
        Version from = hop.from();
        Version to = hop.to();
        if (target.follows().equals(Optional.of(from))) {
            return new Reason(Code.PATH_SKIPS, to + " was added as the direct follower of " + from, false);
        }
        if (!hop.skipped().isEmpty()) {
            String list = String.join(
                    ", ",
                    hop.skipped().stream()
                            .map(v -> rule.by() == By.SERIES || rule.releases().contains(v)
                                    ? v.text()
                                    : v + " (known from the catalogue)")
                            .toList());
            String unit = rule.by().label();
            return new Reason(
                    Code.PATH_SKIPS,
                    "going from " + from + " to " + to + " skips " + list + "; "
                            + in.recipe().name() + " supports a soft upgrade only from one " + unit + " to the next",
                    true);
        }
        boolean known = new KnownReleases(in.recipe(), List.of()).listed(from, to);
        return new Reason(
                Code.PATH_SKIPS,
                known
                        ? follows(in, hop)
                        : "it is not known that " + to + " directly follows " + from
                                + "; if it does, add the release with --follows " + from,
                !known);
    }

    private static String passes(String product, PathRule.Kind kind, Hop hop) {
        return switch (kind) {
            case DIRECT, CONSECUTIVE_FOR_SOFT -> product + " may go from any release to any later one";
            case EVERY_RELEASE -> product + " goes through every release, and none lies between";
            case EVERY_MAJOR -> product + " goes through every major release, and none lies between";
            case CHAIN_MIGRATIONS ->
                product + " installs the target at once"
                        + (hop.migrations().isEmpty() ? "" : " and runs " + String.join(", ", hop.scripts()));
        };
    }

    private static String follows(PlanInputs in, Hop hop) {
        int parts = in.recipe().seriesParts();
        if (in.recipe().path().by() == By.SERIES && hop.from().sameSeries(hop.to(), parts)) {
            return hop.from() + " and " + hop.to() + " are of one series, "
                    + hop.to().series(parts);
        }
        return newer(hop.from(), hop.to()) + " directly follows " + older(hop.from(), hop.to());
    }

    /** A release's notes speak of the step up to it, whichever way it is taken. */
    private static Reason notesBan(PlanInputs in, Hop hop, ReadNotes notes) {
        Version older = older(hop.from(), hop.to());
        Version newer = newer(hop.from(), hop.to());
        List<Release> banned = in.releases().stream()
                .filter(r -> r.version().compareTo(older) > 0 && r.version().compareTo(newer) <= 0)
                .filter(r -> r.soft().equals(Optional.of(false)))
                .toList();
        if (banned.isEmpty() && notes.verdict().outcome() == Outcome.FULL_STOP) {
            return new Reason(Code.NOTES_BAN, notes.sentence(), true, notes.cited());
        }
        if (banned.isEmpty()) {
            Optional<Finding> passed = notes.passedBan();
            return new Reason(
                    Code.NOTES_BAN,
                    passed.isPresent()
                            ? "a note forbids it under a condition that does not hold here, by what is known about the cluster"
                            : "no release on the way forbids a soft upgrade",
                    false,
                    passed.map(ReadNotes::citation));
        }
        Release first = banned.get(0);
        return new Reason(
                Code.NOTES_BAN, "release " + first.version() + " forbids a soft upgrade: " + first.reason(), true);
    }

    private static Reason notesUnclear(PlanInputs in, PlanRequest request, ReadNotes notes) {
        boolean overridden = !request.overrideNotes().isEmpty();
        String passed = overridden ? "; overridden by " + in.by() + ": " + request.overrideNotes() : "";
        if (notes.verdict().outcome() != Outcome.UNCLEAR && !notes.missing().isEmpty()) {
            return new Reason(Code.NOTES_UNCLEAR, missing(in, notes) + passed, !overridden);
        }
        if (notes.verdict().outcome() != Outcome.UNCLEAR) {
            return new Reason(
                    Code.NOTES_UNCLEAR,
                    in.notes().isEmpty()
                            ? "there are no notes of " + in.recipe().name() + " in the catalogue"
                            : "nothing in the notes is unclear",
                    false);
        }
        String answer =
                overridden ? passed : "; --assume NAME=VALUE answers a condition, --override-notes WHY passes a doubt";
        return new Reason(Code.NOTES_UNCLEAR, notes.sentence() + answer, !overridden, notes.cited());
    }

    private static String missing(PlanInputs in, ReadNotes notes) {
        String all =
                String.join(", ", notes.missing().stream().map(Version::text).toList());
        return "the catalogue has no notes of " + in.recipe().name() + " " + all
                + ", and without them nobody knows what they forbid: 'rota releases import "
                + in.recipe().name()
                + " DIRECTORY' adds them";
    }

    private static Version older(Version a, Version b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Version newer(Version a, Version b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}

package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.rollout.Ledger.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How committed entries change releases and notes. Total. */
final class CatalogueEntries {
    private CatalogueEntries() {}

    static Outcome added(CoordinatorState s, Entry.ReleaseAdded e) {
        Release r = e.release();
        Optional<Release> known = s.release(r.product(), r.version());
        if (known.isPresent()) {
            boolean same = known.get().artifact().sha256().equals(r.artifact().sha256())
                    && known.get().soft().equals(r.soft())
                    && known.get().reason().equals(r.reason())
                    && known.get().follows().equals(r.follows())
                    && known.get().released().equals(r.released());
            return same
                    ? new Outcome.Accepted(s, known.get().key())
                    : new Outcome.Rejected(
                            "RELEASE_EXISTS",
                            r.product() + " " + r.version() + " is in the catalogue already and differs, with artifact "
                                    + known.get().artifact().sha256() + "; a release never changes");
        }
        if (s.releases().size() >= CoordinatorState.MAX_RELEASES) {
            return new Outcome.Rejected(
                    "TOO_MANY_RELEASES",
                    "the catalogue has " + s.releases().size() + " releases, which is the most it takes; "
                            + "'rota releases remove' takes one out");
        }
        return Ledger.accepted(with(s, r), e.requestId(), r.key());
    }

    static Outcome withdrawn(CoordinatorState s, Entry.ReleaseWithdrawn e) {
        Optional<Release> known = s.release(e.product(), e.version());
        if (known.isEmpty()) {
            return none(e.product(), e.version());
        }
        Release r = known.get();
        boolean same = r.withdrawn().filter(w -> w.reason().equals(e.reason())).isPresent();
        return same
                ? new Outcome.Accepted(s, r.key())
                : Ledger.accepted(
                        asking(with(s, r.withdrawn(new Release.Withdrawal(e.reason(), e.by(), e.at()))), r, e),
                        e.requestId(),
                        r.key());
    }

    /** Rollouts with a hop to the release still before them ask a person when they come to it. */
    private static CoordinatorState asking(CoordinatorState s, Release r, Entry.ReleaseWithdrawn e) {
        SortedMap<String, RolloutState> rollouts = new TreeMap<>(s.rollouts());
        rollouts.replaceAll((id, x) -> x.status().ended() || !x.plan().product().equals(r.product())
                ? x
                : x.plan().hops().stream()
                        .filter(hop -> hop.to().equals(r.version()) && hop.firstBatch() > x.batch())
                        .findFirst()
                        .map(hop -> x.adding(withdrawnStep(hop, e)))
                        .orElse(x));
        return s.withRollouts(rollouts, s.rolloutOrder());
    }

    private static ManualStep withdrawnStep(PlannedHop hop, Entry.ReleaseWithdrawn e) {
        return new ManualStep(
                "w" + hop.to().text(),
                hop.firstBatch(),
                "release " + hop.to() + " was withdrawn by " + e.by() + ": " + e.reason()
                        + "; confirm to install it all the same, or abort",
                List.of(),
                Optional.empty());
    }

    /** The subject is the digest of the artifact, whose bytes may go now. */
    static Outcome removed(CoordinatorState s, Entry.ReleaseRemoved e) {
        Optional<Release> known = s.release(e.product(), e.version());
        if (known.isEmpty()) {
            return none(e.product(), e.version());
        }
        Release r = known.get();
        Optional<String> need = need(s, r);
        if (need.isPresent()) {
            return new Outcome.Rejected(
                    "RELEASE_NEEDED", r.product() + " " + r.version() + " is needed: " + need.get());
        }
        SortedMap<String, Release> releases = new TreeMap<>(s.releases());
        releases.remove(r.key());
        return Ledger.accepted(
                s.withReleases(releases), e.requestId(), r.artifact().sha256());
    }

    static Outcome imported(CoordinatorState s, Entry.NotesImported e) {
        SortedMap<String, NoteRef> all = byPath(s, e.product());
        e.notes().forEach(n -> all.put(n.path(), n));
        Optional<Outcome.Rejected> tooMuch = NoteLimits.exceeded(e.product(), all.values());
        if (tooMuch.isPresent()) {
            return tooMuch.get();
        }
        return Ledger.accepted(with(s, e.product(), all), e.requestId(), e.product());
    }

    static Outcome removed(CoordinatorState s, Entry.NotesRemoved e) {
        SortedMap<String, NoteRef> all = byPath(s, e.product());
        e.paths().forEach(all::remove);
        return Ledger.accepted(with(s, e.product(), all), e.requestId(), e.product());
    }

    /** Why a plan must not begin: a release it installs was withdrawn after it was made. */
    static Optional<Outcome> withdrawn(CoordinatorState s, Plan plan) {
        return s.releasesOf(plan.product()).stream()
                .filter(r -> installs(plan, r.version()))
                .flatMap(r -> r.withdrawn().stream().map(w -> (Outcome) new Outcome.Rejected(
                        "RELEASE_WITHDRAWN",
                        r.product() + " " + r.version() + " was withdrawn after the plan was made: " + w.reason())))
                .findFirst();
    }

    /** What needs a release, for an operator: a rollout that goes on, or the newest plan of a cluster unless it was applied, and no node is on its way. */
    private static Optional<String> need(CoordinatorState s, Release r) {
        Optional<String> rollout = s.inOrder().stream()
                .filter(x -> !x.status().ended() && installs(r, x.plan()))
                .findFirst()
                .map(x -> "rollout " + x.id() + " of cluster " + x.plan().cluster() + " is "
                        + x.status().label() + " and installs it; let it end first");
        if (rollout.isPresent()) {
            return rollout;
        }
        SortedMap<String, Plan> newest = new TreeMap<>();
        s.planOrder().stream()
                .flatMap(id -> Optional.ofNullable(s.plans().get(id)).stream())
                .forEach(p -> newest.put(p.cluster(), p));
        return newest.values().stream()
                .filter(p ->
                        installs(r, p) && s.inventory().cluster(p.cluster()).isPresent() && !applied(s, p))
                .findFirst()
                .map(p -> "plan " + p.id().substring(0, Math.min(12, p.id().length())) + " of cluster " + p.cluster()
                        + " goes there and is not applied to the end; apply it, or make another plan for the cluster");
    }

    private static boolean applied(CoordinatorState s, Plan plan) {
        return s.rollouts().values().stream().anyMatch(x -> x.plan().id().equals(plan.id()) && lets(x));
    }

    /** Whether a rollout that has ended leaves no node half way to the plan's releases: it cannot be applied again. */
    private static boolean lets(RolloutState x) {
        if (x.status() instanceof RolloutStatus.Succeeded) {
            return true;
        }
        boolean back = x.status() instanceof RolloutStatus.RolledBack;
        return x.status().ended()
                && x.nodes().keySet().stream()
                        .allMatch(node -> x.attempts(node, Phase.INSTALL) == 0
                                || (back && x.back().containsKey(node)));
    }

    private static boolean installs(Release r, Plan plan) {
        return plan.product().equals(r.product()) && installs(plan, r.version());
    }

    private static boolean installs(Plan plan, Version version) {
        return plan.to().equals(version) || plan.path().stream().skip(1).anyMatch(version::equals);
    }

    private static Outcome none(String product, Version version) {
        return new Outcome.Rejected("NO_RELEASE", "there is no release " + version + " of " + product);
    }

    private static CoordinatorState with(CoordinatorState s, Release r) {
        SortedMap<String, Release> releases = new TreeMap<>(s.releases());
        releases.put(r.key(), r);
        return s.withReleases(releases);
    }

    private static CoordinatorState with(CoordinatorState s, String product, SortedMap<String, NoteRef> all) {
        SortedMap<String, List<NoteRef>> notes = new TreeMap<>(s.notes());
        if (all.isEmpty()) {
            notes.remove(product);
        } else {
            notes.put(product, List.copyOf(all.values()));
        }
        return s.withNotes(notes);
    }

    private static SortedMap<String, NoteRef> byPath(CoordinatorState s, String product) {
        SortedMap<String, NoteRef> all = new TreeMap<>();
        s.notes(product).forEach(n -> all.put(n.path(), n));
        return all;
    }
}

package dev.rota.coordinator.rollout;

import static dev.rota.coordinator.fixture.Situation.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.Ledger.Outcome.Accepted;
import dev.rota.coordinator.rollout.Ledger.Outcome.Rejected;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogueEntriesTest {
    private static final Version TARGET = Version.parse("23.04");

    private CoordinatorState state = CoordinatorState.empty();
    private String reason = "";

    private static Situation shop() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3");
    }

    /** The subject of what was accepted, or the code of what was rejected. */
    private String apply(Entry entry) {
        Ledger.Outcome outcome = Ledger.apply(state, entry);
        if (outcome instanceof Accepted a) {
            state = a.state();
            return a.subject();
        }
        reason = ((Rejected) outcome).reason();
        return ((Rejected) outcome).code();
    }

    private String add(String version) {
        return apply(new Entry.ReleaseAdded("", shop().release(version)));
    }

    private String withdraw(String request, String why) {
        return apply(new Entry.ReleaseWithdrawn(request, "shop", TARGET, why, "ann", T0));
    }

    private String remove(String request) {
        return apply(new Entry.ReleaseRemoved(request, "shop", TARGET, "ann", T0));
    }

    private Plan planned() {
        apply(new Entry.InventoryDeclared(shop().inventory()));
        Plan plan = shop().plan();
        apply(new Entry.PlanMade("", plan));
        return plan;
    }

    private static NoteRef note(String path, String digit) {
        return new NoteRef(path, digit.repeat(64), 100);
    }

    @Test
    void theDayOfAReleaseIsPartOfIt() {
        Release dated = shop().release("23.04").released(Optional.of(LocalDate.parse("2023-04-18")));

        assertThat(apply(new Entry.ReleaseAdded("", dated))).isEqualTo("shop/23.04");
        assertThat(apply(new Entry.ReleaseAdded("", dated))).isEqualTo("shop/23.04");
        assertThat(add("23.04")).isEqualTo("RELEASE_EXISTS");
    }

    @Test
    void aReleaseIsWithdrawnOnceAndForTheLastReason() {
        assertThat(withdraw("", "loses carts")).isEqualTo("NO_RELEASE");
        add("23.04");
        assertThat(withdraw("q1", "loses carts")).isEqualTo("shop/23.04");
        CoordinatorState once = state;
        assertThat(withdraw("q2", "loses carts")).isEqualTo("shop/23.04");
        assertThat(state).isSameAs(once);
        assertThat(withdraw("q3", "loses orders")).isEqualTo("shop/23.04");

        assertThat(state.release("shop", TARGET).orElseThrow().withdrawn())
                .contains(new Release.Withdrawal("loses orders", "ann", T0));
    }

    @Test
    void aPlanForAReleaseThatWasWithdrawnSinceDoesNotBegin() {
        add("23.04");
        Plan plan = planned();
        withdraw("", "loses carts");

        assertThat(apply(new Entry.RolloutStarted("", "r1", plan.id(), "ann", T0)))
                .isEqualTo("RELEASE_WITHDRAWN");
        assertThat(reason).isEqualTo("shop 23.04 was withdrawn after the plan was made: loses carts");
    }

    @Test
    void aReleaseThatNothingNeedsIsRemoved() {
        assertThat(remove("")).isEqualTo("NO_RELEASE");
        add("23.04");
        String sha256 = state.release("shop", TARGET).orElseThrow().artifact().sha256();

        assertThat(remove("q1")).isEqualTo(sha256);
        assertThat(state.releases()).isEmpty();
        assertThat(remove("q1")).isEqualTo(sha256);
        assertThat(add("23.04")).isEqualTo("shop/23.04");
    }

    @Test
    void aPlanThatIsNotAppliedToTheEndNeedsItsRelease() {
        add("23.04");
        Plan plan = planned();

        assertThat(remove("")).isEqualTo("RELEASE_NEEDED");
        assertThat(reason)
                .isEqualTo(
                        "shop 23.04 is needed: plan " + plan.id().substring(0, 12)
                                + " of cluster chat goes there and is not applied to the end; apply it, or make another plan for the cluster");
        apply(new Entry.RolloutStarted("", "r1", plan.id(), "ann", T0));
        assertThat(remove("")).isEqualTo("RELEASE_NEEDED");
        assertThat(reason).contains("rollout r1 of cluster chat is running and installs it");
        apply(new Entry.RolloutChanged("", "r1", 1, new Event.Controlled(Control.ABORT, "ann", T0)));
        assertThat(remove("")).isEqualTo("RELEASE_NEEDED");
    }

    @Test
    void aNewerPlanOrTheEndOfTheClusterFreesTheRelease() {
        add("23.04");
        planned();
        CoordinatorState before = state;
        apply(new Entry.PlanMade(
                "", Situation.of("shop", "23.01", "23.10", "n1", "n2", "n3").plan()));
        assertThat(remove("")).isNotEqualTo("RELEASE_NEEDED");

        state = before;
        apply(new Entry.InventoryDeclared(new Inventory(List.of())));
        assertThat(remove("")).isNotEqualTo("RELEASE_NEEDED");
    }

    /** Such as one that was held because the artifact is the wrong one, and then aborted. */
    @Test
    void aRolloutThatEndedBeforeItInstalledAnythingFreesTheRelease() {
        add("23.04");
        RolloutState begun = begun();

        ended(begun, new RolloutStatus.Aborted("ann", T0));
        assertThat(remove("")).isNotEqualTo("RELEASE_NEEDED");
    }

    @Test
    void aRolloutThatLeftANodeOnTheReleaseDoesNotFreeIt() {
        add("23.04");
        RolloutState begun = begun().withAttempt("n1", Phase.INSTALL);

        ended(begun, new RolloutStatus.Aborted("ann", T0));
        assertThat(remove("")).isEqualTo("RELEASE_NEEDED");
        Turnback back = new Turnback("ann", T0, "start of n1 failed", false, List.of());
        ended(begun.turned("n1", back), new RolloutStatus.RolledBack("ann", T0, false));
        assertThat(remove("")).isNotEqualTo("RELEASE_NEEDED");
    }

    @Test
    void aNodeThatStayedOnTheReleaseWhenAnotherWentBackNeedsIt() {
        add("23.04");
        RolloutState begun = begun().withAttempt("n1", Phase.INSTALL).withAttempt("n2", Phase.INSTALL);
        Turnback back = new Turnback("ann", T0, "start of n2 failed", false, List.of());

        ended(begun.turned("n2", back), new RolloutStatus.RolledBack("ann", T0, false));
        assertThat(remove("")).isEqualTo("RELEASE_NEEDED");
    }

    private RolloutState begun() {
        apply(new Entry.RolloutStarted("", "r1", planned().id(), "ann", T0));
        return Objects.requireNonNull(state.rollouts().get("r1"));
    }

    private void ended(RolloutState rollout, RolloutStatus status) {
        SortedMap<String, RolloutState> rollouts = new TreeMap<>(state.rollouts());
        rollouts.put("r1", rollout.with(status));
        state = state.withRollouts(rollouts, state.rolloutOrder());
    }

    @Test
    void aReleaseThatNoPlanGoesToIsNotNeeded() {
        add("23.04");
        add("23.10");
        planned();

        assertThat(apply(new Entry.ReleaseRemoved("", "shop", Version.parse("23.10"), "ann", T0)))
                .isNotEqualTo("RELEASE_NEEDED");
    }

    @Test
    void notesReplaceThoseOfTheSamePathAndAreSorted() {
        apply(new Entry.NotesImported("q1", "shop", List.of(note("b.md", "1"), note("a.md", "2"))));
        apply(new Entry.NotesImported("q2", "shop", List.of(note("b.md", "3"))));
        apply(new Entry.NotesImported("q2", "shop", List.of(note("c.md", "4"))));

        assertThat(state.notes("shop")).containsExactly(note("a.md", "2"), note("b.md", "3"));
        assertThat(state.notes("other")).isEmpty();
        apply(new Entry.NotesRemoved("", "shop", List.of("a.md", "none.md")));
        assertThat(state.notes("shop")).containsExactly(note("b.md", "3"));
        apply(new Entry.NotesRemoved("", "shop", List.of("b.md")));
        assertThat(state.notes()).isEmpty();
    }

    @Test
    void notesAreBoundedInNumberAndSize() {
        List<NoteRef> most = IntStream.range(0, CoordinatorState.MAX_NOTES)
                .mapToObj(i -> note(i + ".md", "1"))
                .toList();
        assertThat(apply(new Entry.NotesImported("", "shop", most))).isEqualTo("shop");
        assertThat(apply(new Entry.NotesImported("", "shop", List.of(note("more.md", "1")))))
                .isEqualTo("TOO_MANY_NOTES");
        assertThat(reason).contains("shop would have 2001 notes, at most 2000 are kept");
        assertThat(apply(new Entry.NotesImported("", "shop", List.of(note("7.md", "2")))))
                .isEqualTo("shop");

        NoteRef large = new NoteRef("8.md", "1".repeat(64), CoordinatorState.MAX_NOTES_BYTES);
        assertThat(apply(new Entry.NotesImported("", "shop", List.of(large)))).isEqualTo("NOTES_TOO_LARGE");
    }

    @Test
    void theCatalogueIsBounded() {
        SortedMap<String, Release> most = new TreeMap<>();
        IntStream.range(0, CoordinatorState.MAX_RELEASES)
                .forEach(i -> most.put("shop/1." + i, shop().release("1." + i)));
        state = state.withReleases(most);

        assertThat(add("2.0")).isEqualTo("TOO_MANY_RELEASES");
        assertThat(add("1.7")).isEqualTo("shop/1.7");
    }
}

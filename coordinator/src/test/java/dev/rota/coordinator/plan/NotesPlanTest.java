package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.fixture.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that rest on release notes. */
class NotesPlanTest {
    private static final String FILE = "notes/23.04.md";

    private static Situation shop(String note) {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3").note(FILE, note);
    }

    private static Reason decisive(Plan plan) {
        return plan.deciding().reasons().stream()
                .filter(Reason::decided)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBanInTheNotesIsAFullStopWithTheLineThatSaysSo() {
        Plan plan = shop("""
                # Upgrade to shop 23.04

                Some words about the new look.

                All nodes must be stopped before you upgrade: do not run 23.01 and 23.04 nodes in the same cluster.
                """).plan();
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        Reason reason = decisive(plan);
        assertThat(reason.code()).isEqualTo(Code.NOTES_BAN);
        assertThat(reason.cited()).hasValueSatisfying(c -> {
            assertThat(c.place()).isEqualTo(FILE + ":5");
            assertThat(c.quote()).isNotEmpty();
        });
    }

    @Test
    void whatIsUnclearCountsAsABanUnlessItIsKnownOrOverridden() {
        String note = """
                # Upgrade to shop 23.04

                If you use SQL storage, stop all nodes of the cluster before you upgrade.
                """;
        Plan plan = shop(note).plan();
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(decisive(plan).code()).isEqualTo(Code.NOTES_UNCLEAR);
        assertThat(decisive(plan).cited()).isPresent();

        Plan sql = shop(note).assume("storage", "sql").plan();
        assertThat(decisive(sql).code()).isEqualTo(Code.NOTES_BAN);
        assertThat(sql.evidence().assumed()).containsEntry("storage", "sql");

        Plan other = shop(note).assume("storage", "mnesia").plan();
        assertThat(other.mode()).isEqualTo(Mode.SOFT);
        assertThat(other.deciding().reasons())
                .filteredOn(r -> r.code() == Code.NOTES_BAN)
                .singleElement()
                .satisfies(r -> assertThat(r.cited())
                        .hasValueSatisfying(c -> assertThat(c.quote()).contains("SQL")));

        Plan overridden = shop(note).overrideNotes("tried in staging").plan();
        assertThat(overridden.mode()).isEqualTo(Mode.SOFT);
        assertThat(overridden.evidence().override()).isEqualTo("tried in staging");
        assertThat(overridden.deciding().reasons())
                .filteredOn(r -> r.code() == Code.NOTES_UNCLEAR)
                .singleElement()
                .satisfies(r -> assertThat(r.sentence()).contains("overridden by ann: tried in staging"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.4 Upgrading a cluster",
                "3.2. Upgrading a cluster",
                "Upgrading from 23.01",
                "Coming from 23.01",
                "Changes since 23.01",
                "Upgrading from 19.02 or later",
                "Kubernetes 1.29",
                "Protocol 5.0",
                "Known problems, 21.11.2026"
            })
    void aBanUnderAHeadingWithSomeNumberIsABan(String heading) {
        String note = "# Shop 23.04\n\n## " + heading + "\n\nA rolling upgrade is not possible.\n";

        assertThat(shop(note).plan().mode()).isEqualTo(Mode.FULL_STOP);
    }

    @Test
    void aNoteThatOnlySaysWhereItStartsIsForThatStart() {
        Situation from = Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3");
        assertThat(from.note("a.md", "# Upgrading from 23.01\n\nA rolling upgrade is not possible.\n")
                        .plan()
                        .mode())
                .isEqualTo(Mode.FULL_STOP);
        Situation other = Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3");
        assertThat(other.note("a.md", "# Upgrading from 22.10 to 23.01\n\nA rolling upgrade is not possible.\n")
                        .plan()
                        .mode())
                .isEqualTo(Mode.SOFT);
    }

    @Test
    void statementsThatAddComeFirstAndThoseThatTakeAwayComeLast() {
        Plan plan = shop("""
                # Upgrade to shop 23.04

                There is no special procedure. Change the schema of MySQL:

                ```sql
                ALTER TABLE users ADD COLUMN nick text;
                ALTER TABLE users DROP COLUMN old_nick;
                ```
                """).assume("storage", "mysql").plan();
        assertThat(plan.evidence().manual())
                .extracting(ManualStep::id, ManualStep::beforeBatch, ManualStep::title)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("m1", 1, "run 1 SQL statement (mysql)"),
                        org.assertj.core.groups.Tuple.tuple(
                                "m2", plan.batches().size(), "run 1 SQL statement (mysql)"));
        assertThat(plan.evidence().manual().get(0).lines()).containsExactly("ALTER TABLE users ADD COLUMN nick text;");
        assertThat(plan.evidence().manual().get(0).cited()).isPresent();
    }

    @Test
    void statementsForAnotherDatabaseAreNothingToDo() {
        String note = """
                # Upgrade to shop 23.04

                For MySQL:

                ```sql
                ALTER TABLE users ADD COLUMN nick text;
                ```
                """;
        assertThat(shop(note).assume("storage", "mnesia").plan().evidence().manual())
                .isEmpty();
        assertThat(shop(note).assume("storage", "postgresql").plan().evidence().manual())
                .isEmpty();
        assertThat(shop(note).plan().evidence().manual()).hasSize(1);
    }

    @Test
    void theWayBackReadsNoNotes() {
        Plan plan = Situation.of("shop", "23.04", "23.01", "n1", "n2", "n3")
                .allowDowngrade()
                .recipeText(t -> t.contains("downgrade: true") ? t : t + "downgrade: true\n")
                .note(FILE, "# Upgrade to shop 23.04\n\nStop all nodes before you upgrade.\n")
                .plan();
        assertThat(plan.evidence().findings()).isEmpty();
    }
}

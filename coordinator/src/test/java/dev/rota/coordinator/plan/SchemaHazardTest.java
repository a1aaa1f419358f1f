package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.fixture.Situation;
import org.junit.jupiter.api.Test;

/** What a recipe knows about a release that no note says, and notes that are missing. */
class SchemaHazardTest {
    private static Situation ejabberd(String from, String to) {
        return Situation.of("ejabberd", from, to, "n1", "n2", "n3");
    }

    private static Situation noted(String from, String to) {
        return ejabberd(from, to).note(to + "/upgrade.md", "# Upgrade to ejabberd " + to + "\n\nNew options.\n");
    }

    private static Reason decisive(Plan plan) {
        return plan.deciding().reasons().stream()
                .filter(Reason::decided)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRecordOldNodesDoNotKnowIsAFullStopUnlessItIsNotStoredThere() {
        Plan unknown = noted("23.10", "24.02").plan();
        assertThat(unknown.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(decisive(unknown).code()).isEqualTo(Code.SCHEMA_HAZARD);
        assertThat(decisive(unknown).sentence())
                .contains("24.02 changes the record of archived messages")
                .contains("storage=mnesia; --assume answers it");

        Plan mnesia = noted("23.10", "24.02").assume("storage", "mnesia").plan();
        assertThat(decisive(mnesia).sentence()).endsWith("in Mnesia (storage=mnesia)");

        for (String sql : new String[] {"sql", "mysql", "postgresql"}) {
            assertThat(noted("23.10", "24.02").assume("storage", sql).plan().mode())
                    .as(sql)
                    .isEqualTo(Mode.SOFT);
        }
        assertThat(noted("23.01", "23.04").plan().mode()).isEqualTo(Mode.SOFT);
    }

    @Test
    void aHazardIsNoOverridableDoubt() {
        assertThat(noted("23.10", "24.02").overrideNotes("tried").plan().mode()).isEqualTo(Mode.FULL_STOP);
    }

    @Test
    void aNewNameForAColumnIsNothingOldAndNewNodesCanShare() {
        String note = """
                # Upgrade to ejabberd 23.04

                On PostgreSQL:

                ```sql
                ALTER TABLE pubsub_node RENAME COLUMN type TO plugin;
                ```
                """;
        Plan plan = ejabberd("23.01", "23.04")
                .note("23.04.md", note)
                .assume("storage", "postgresql")
                .plan();
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(decisive(plan).code()).isEqualTo(Code.SCHEMA_HAZARD);
        assertThat(decisive(plan).cited())
                .hasValueSatisfying(c -> assertThat(c.file()).isEqualTo("23.04.md"));

        assertThat(ejabberd("23.01", "23.04")
                        .note("23.04.md", note)
                        .assume("storage", "mnesia")
                        .plan()
                        .mode())
                .isEqualTo(Mode.SOFT);
        assertThat(ejabberd("23.01", "23.04")
                        .note("23.04.md", note.replace("RENAME COLUMN type", "RENAME INDEX i_type"))
                        .assume("storage", "postgresql")
                        .plan()
                        .mode())
                .isEqualTo(Mode.SOFT);
    }

    @Test
    void withoutTheNotesTheRecipeAsksForThereIsNoSoftUpgrade() {
        Plan plan = ejabberd("23.01", "23.04").plan();
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(decisive(plan).code()).isEqualTo(Code.NOTES_UNCLEAR);
        assertThat(decisive(plan).sentence())
                .contains("no notes of ejabberd 23.04")
                .contains("rota releases import ejabberd DIRECTORY");

        assertThat(ejabberd("23.01", "23.04")
                        .overrideNotes("read them myself")
                        .plan()
                        .mode())
                .isEqualTo(Mode.SOFT);
        assertThat(ejabberd("23.01", "23.04")
                        .soft("23.04", true, "read them")
                        .plan()
                        .mode())
                .isEqualTo(Mode.SOFT);
        assertThat(ejabberd("23.01", "23.04")
                        .note("23.01/upgrade.md", "# Upgrade to ejabberd 23.01\n\nNew options.\n")
                        .plan()
                        .mode())
                .as("notes of another release")
                .isEqualTo(Mode.FULL_STOP);
    }

    @Test
    void aListOfLinksToNotesIsNoNote() {
        Plan plan = ejabberd("23.01", "23.04").note("index.md", """
                # Upgrades

                - [Upgrading from ejabberd 22.10 to 23.01](23.01.md)
                - [Upgrading from ejabberd 23.01 to 23.04](23.04.md)
                """).plan();
        assertThat(decisive(plan).code()).isEqualTo(Code.NOTES_UNCLEAR);
        assertThat(decisive(plan).sentence()).contains("no notes of ejabberd 23.04");
    }

    @Test
    void aWithdrawnReleaseIsNotJumpedOverSoftly() {
        Plan plan = Situation.of("desk", "1.1", "2.0", "n1", "n2")
                .recipeText(t -> t.replace("{rule: direct}", "{rule: every-release}"))
                .withdrawn("1.2", "broken")
                .plan();
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(decisive(plan).sentence()).contains("skips what was withdrawn: 1.2");
    }

    @Test
    void aReleaseThatNeverHadNotesNeedsNone() {
        assertThat(ejabberd("20.04", "20.07").plan().mode()).isEqualTo(Mode.SOFT);
    }
}

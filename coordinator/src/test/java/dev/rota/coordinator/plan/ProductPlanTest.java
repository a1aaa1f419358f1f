package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reason.Code;
import dev.rota.coordinator.fixture.Golden;
import dev.rota.coordinator.fixture.Situation;
import org.junit.jupiter.api.Test;

/** Plans for the products, each with its own path rule and procedure. */
class ProductPlanTest {
    private static Reason of(Plan plan, Code code) {
        return plan.deciding().reasons().stream()
                .filter(reason -> reason.code() == code)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void seafileStopsForMigrationsAndCarriesThem() {
        Plan plan = Situation.of("seafile", "8.0.5", "10.0.1", "n1", "n2").plan();
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(plan.deciding().migrations()).containsExactly("upgrade_8.0_9.0.sh", "upgrade_9.0_10.0.sh");
        Golden.check("plan/seafile-chain.txt", PlannerTest.describe(plan));
    }

    @Test
    void seafileMaintenanceGoesNodeByNode() {
        Plan plan = Situation.of("seafile", "9.0.2", "9.0.16", "n1", "n2").plan();
        assertThat(plan.mode()).isEqualTo(Mode.SOFT);
        assertThat(plan.deciding().migrations()).containsExactly("minor-upgrade.sh");
        assertThat(plan.membersCompared()).isFalse();
        Golden.check("plan/seafile-maintenance.txt", PlannerTest.describe(plan));
    }

    @Test
    void aSingleNodeAlwaysStops() {
        Plan plan = Situation.of("seafile", "9.0.2", "9.0.16", "n1").plan();
        assertThat(of(plan, Code.NOT_CLUSTERED).decided()).isTrue();
    }

    private static Situation mattermost(String from, String to, String note) {
        return Situation.of("mattermost", from, to, "n1", "n2")
                .note("important.md", "# Important notes\n\n## 11.4\n\n" + note + "\n");
    }

    @Test
    void mattermostGoesNodeByNodeUnlessTheNotesTellOfASchemaChangeOrAreNotThere() {
        assertThat(mattermost("11.4.1", "11.4.2", "New icons.").plan().mode()).isEqualTo(Mode.SOFT);
        Plan minor = mattermost("11.3.2", "11.4.2", "New icons.").plan();
        assertThat(minor.mode()).isEqualTo(Mode.SOFT);
        assertThat(of(minor, Code.PATH_SKIPS).sentence()).isEqualTo("11.4.2 directly follows 11.3.2");

        Plan schema = mattermost("11.3.2", "11.4.2", "A migration adds a column to the Posts table.")
                .plan();
        assertThat(of(schema, Code.NOTES_UNCLEAR).decided()).isTrue();

        Situation silent = Situation.of("mattermost", "11.3.2", "11.4.2", "n1", "n2");
        assertThat(of(silent.plan(), Code.NOTES_UNCLEAR).sentence()).contains("no notes of mattermost 11.4.2");
        assertThat(silent.soft("11.4.2", true, "zero downtime is possible")
                        .plan()
                        .mode())
                .isEqualTo(Mode.SOFT);
    }

    @Test
    void notesDoNotAllowWhatTheProductsProcedureForbids() {
        Situation seafile = Situation.of("seafile", "9.0.2", "10.0.1", "n1", "n2")
                .note("10.0.x.md", "# Upgrade to 10.0.x\n\nA rolling upgrade is possible, no downtime is expected.\n");
        assertThat(seafile.plan().mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(of(seafile.plan(), Code.PROCEDURE_DEFAULT).sentence()).contains("--soft REASON");
        assertThat(seafile.soft("10.0.1", true, "asked the makers").plan().mode())
                .isEqualTo(Mode.SOFT);
    }

    @Test
    void aStepThatStopsTheServerMeansAllWhereOnlyUpdatesGoNodeByNode() {
        Situation seafile = Situation.of("seafile", "9.0.2", "9.0.16", "n1", "n2");
        assertThat(seafile.plan().mode()).isEqualTo(Mode.SOFT);
        assertThat(seafile.note("9.0.x.md", "# Upgrade to 9.0.x\n\nStop the server before you run the script.\n")
                        .plan()
                        .mode())
                .isEqualTo(Mode.FULL_STOP);
    }

    @Test
    void mattermostStopsWhenAMinorVersionIsSkippedWhateverTheNotesSay() {
        Plan plan = Situation.of("mattermost", "11.1.3", "11.4.0", "n1", "n2")
                .soft("11.4.0", true, "zero downtime is possible")
                .plan();
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(of(plan, Code.PATH_SKIPS))
                .isEqualTo(new Reason(
                        Code.PATH_SKIPS,
                        "going from 11.1.3 to 11.4.0 skips 11.2, 11.3; mattermost supports a soft upgrade only from one series to the"
                                + " next",
                        true));
        Golden.check("plan/mattermost-skip.txt", PlannerTest.describe(plan));
    }

    @Test
    void aMinorVersionNobodyKnowsIsNotTakenSoftly() {
        Plan plan = Situation.of("mattermost", "11.10.1", "11.12.0", "n1", "n2").plan();
        assertThat(of(plan, Code.PATH_SKIPS).sentence())
                .isEqualTo(
                        "it is not known that 11.12.0 directly follows 11.10.1; if it does, add the release with --follows"
                                + " 11.10.1");
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
    }

    @Test
    void nextcloudAlwaysStops() {
        Plan plan = Situation.of("nextcloud", "18.0.11", "19.0.5", "n1", "n2")
                .soft("19.0.5", true, "it says so")
                .plan();
        assertThat(plan.mode()).isEqualTo(Mode.FULL_STOP);
        Golden.check("plan/nextcloud.txt", PlannerTest.describe(plan));
    }

    @Test
    void appcircleAlwaysStops() {
        Golden.check(
                "plan/appcircle.txt",
                PlannerTest.describe(
                        Situation.of("appcircle", "3.29.3", "3.29.4", "n1").plan()));
    }
}

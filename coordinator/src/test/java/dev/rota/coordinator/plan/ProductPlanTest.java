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

    @Test
    void mattermostGoesNodeByNodeForADotReleaseAndWhereTheNotesAllowIt() {
        assertThat(Situation.of("mattermost", "11.4.1", "11.4.2", "n1", "n2")
                        .plan()
                        .mode())
                .isEqualTo(Mode.SOFT);
        Situation minor = Situation.of("mattermost", "11.3.2", "11.4.2", "n1", "n2");
        assertThat(of(minor.plan(), Code.PROCEDURE_DEFAULT))
                .isEqualTo(new Reason(
                        Code.PROCEDURE_DEFAULT,
                        "nothing allows a soft upgrade, and the product's procedure for an upgrade is a full stop",
                        true));
        assertThat(minor.plan().mode()).isEqualTo(Mode.FULL_STOP);
        Plan allowed = minor.soft("11.4.2", true, "zero downtime is possible").plan();
        assertThat(allowed.mode()).isEqualTo(Mode.SOFT);
        assertThat(of(allowed, Code.PATH_SKIPS).sentence()).isEqualTo("11.4.2 directly follows 11.3.2");
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

package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.fixture.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From one extended support release to the next, and softly one minor version at a time. */
class MattermostPathTest {
    private static Way mattermost() {
        return Way.of("mattermost");
    }

    @ParameterizedTest
    @CsvSource({
        "11.4.1,11.4.2,''",
        "11.3.2,11.4.2,''",
        "11.1.3,11.4.0,11.2 11.3",
        "8.1.3,9.0.0,''",
        "10.12.1,11.0.0,''",
        "9.9.0,9.10.1,''",
        "5.39.0,6.0.0,''"
    })
    void aStepIsAMinorVersion(String from, String to, String skipped) {
        assertThat(String.join(" ", mattermost().skipped(from, to))).isEqualTo(skipped);
    }

    @Test
    void dotReleasesBetweenAreNotSkipped() {
        assertThat(mattermost().catalogue("11.3.3", "11.4.0", "11.4.1").skipped("11.3.2", "11.4.2"))
                .isEmpty();
    }

    @Test
    void supportReleasesAreNotJumpedOver() {
        Way way = mattermost().catalogue("9.5.1", "9.11.3", "9.11.18", "10.0.1", "10.5.2", "10.11.16");
        assertThat(way.text("9.5.0", "11.1.0")).isEqualTo("9.5.0 > 9.11.18 > 10.5.2 > 10.11.16 > 11.1.0");
        assertThat(way.text("9.11.3", "10.5.2")).isEqualTo("9.11.3 > 10.5.2");
        assertThat(way.text("9.8.1", "9.11.3")).isEqualTo("9.8.1 > 9.11.3");
        assertThat(way.text("10.5.2", "10.12.0")).isEqualTo("10.5.2 > 10.11.16 > 10.12.0");
    }

    @Test
    void theWholeWayIsNamedWhenItsStonesAreMissing() {
        assertThat(mattermost().text("9.11.1", "11.7.3"))
                .isEqualTo(
                        "PATH_FORBIDDEN: mattermost goes from 9.11.1 to 11.7.3 only by way of 10.5: no extended support release may"
                                + " be jumped over; the catalogue has no release of it, so add it ('rota releases add mattermost 10.5 --file"
                                + " FILE') and go there first (the whole way: 10.5, 10.11, 11.7.3)");
        assertThat(mattermost().instead("9.11.1", "11.7.3")).containsExactly("10.5", "10.11");
    }

    @Test
    void fiveGoesToSevenByWayOfTheLastDotReleaseOfItsSupportRelease() {
        assertThat(mattermost().catalogue("5.37.2", "6.3.1").text("5.31.0", "7.1.0"))
                .startsWith(
                        "PATH_FORBIDDEN: mattermost goes from 5.37.2 to 7.1.0 only by way of 5.37.10: 7.x is reached from 5.x");
        assertThat(mattermost().catalogue("5.37.2", "5.37.10", "6.3.1").text("5.31.0", "7.1.0"))
                .isEqualTo("5.31.0 > 5.37.10 > 6.3.1 > 7.1.0");
        assertThat(mattermost().catalogue("6.3.1").text("5.38.0", "7.1.0")).isEqualTo("5.38.0 > 6.3.1 > 7.1.0");
    }

    @Test
    void belowFiveDoesNotGoToSixAtOnce() {
        assertThat(mattermost().instead("4.9.0", "6.0.0"))
                .containsExactly("4.10", "5.9", "5.19", "5.25", "5.31", "5.37");
    }

    @Test
    void theCollidingMigrationsAreForbidden() {
        assertThat(mattermost().text("10.11.17", "11.2.0"))
                .isEqualTo(
                        "PATH_FORBIDDEN: mattermost must not go from 10.11.17 to 11.2.0: the numbers of their database migrations"
                                + " collide; take 11.7.3 instead");
        assertThat(mattermost().text("10.11.18", "11.7.2")).startsWith("PATH_FORBIDDEN: ");
        assertThat(mattermost().text("10.11.16", "11.7.2")).isEqualTo("10.11.16 > 11.7.2");
        assertThat(mattermost().text("10.11.17", "11.7.3")).isEqualTo("10.11.17 > 11.7.3");
        assertThat(mattermost().text("10.11.17", "10.12.0")).startsWith("PATH_FORBIDDEN: ");
        assertThat(mattermost().text("10.11.17", "10.11.18")).isEqualTo("10.11.17 > 10.11.18");
        assertThat(mattermost().text("10.12.1", "11.2.0")).isEqualTo("10.12.1 > 11.2.0");
    }

    @Test
    void aStoneThatLeadsIntoABanIsPassedOver() {
        assertThat(mattermost().catalogue("10.11.15", "10.11.17").text("10.5.1", "11.2.0"))
                .isEqualTo("10.5.1 > 10.11.15 > 11.2.0");
        assertThat(mattermost().catalogue("10.11.17", "10.11.18").text("10.5.1", "11.2.0"))
                .startsWith("PATH_FORBIDDEN: mattermost must not go from 10.11.18 to 11.2.0");
    }
}

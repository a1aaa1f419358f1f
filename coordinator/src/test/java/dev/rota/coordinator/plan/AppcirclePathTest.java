package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.fixture.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any later release, one stepping stone, never an older archive. */
class AppcirclePathTest {
    private static Way appcircle() {
        return Way.of("appcircle");
    }

    @Test
    void anyLaterRelease() {
        assertThat(appcircle().catalogue("3.14.0", "3.20.1").text("3.12.1", "3.28.3"))
                .isEqualTo("3.12.1 > 3.28.3");
        assertThat(appcircle().text("3.29.3", "3.30.0")).isEqualTo("3.29.3 > 3.30.0");
        assertThat(appcircle().text("3.29.0", "3.29.3")).isEqualTo("3.29.0 > 3.29.3");
        assertThat(appcircle().text("3.28.3", "3.29.0")).isEqualTo("3.28.3 > 3.29.0");
    }

    @Test
    void theIdentityServiceIsUpgradedFromItsSteppingStone() {
        assertThat(appcircle().catalogue("3.29.0").text("3.28.3", "3.29.3")).isEqualTo("3.28.3 > 3.29.0 > 3.29.3");
        assertThat(appcircle().catalogue("3.29.0").text("3.7.1", "3.31.0")).isEqualTo("3.7.1 > 3.29.0 > 3.31.0");
        assertThat(appcircle().text("3.28.2", "3.30.0"))
                .isEqualTo(
                        "PATH_FORBIDDEN: appcircle goes from 3.28.2 to 3.30.0 only by way of 3.29.0: earlier data migrations must be"
                                + " complete before the identity service is upgraded; the catalogue has no release of it, so add it"
                                + " ('rota releases add appcircle 3.29.0 --file FILE') and go there first");
        assertThat(appcircle().instead("3.28.2", "3.30.0")).containsExactly("3.29.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.28.0", "3.28.1", "3.29.1", "3.29.2", "3.29.5", "3.29.7", "3.32.0"})
    void whatWasNeverReleasedCannotBeInstalled(String version) {
        assertThat(appcircle().catalogue("3.29.0").text("3.27.3", version))
                .startsWith("PATH_FORBIDDEN: appcircle must not go from ")
                .contains(" to " + version + ": it was never released for self-hosted servers; ");
    }

    @Test
    void theNearestReleasesAreNamedInstead() {
        assertThat(appcircle().catalogue("3.29.3", "3.29.4", "3.29.6", "3.30.0").text("3.29.0", "3.29.5"))
                .endsWith("take 3.29.4 or 3.29.6 instead");
        assertThat(appcircle().text("3.29.0", "3.29.5")).endsWith("choose another release");
    }

    @Test
    void anOlderArchiveIsADowngrade() {
        assertThat(appcircle().text("3.29.4", "3.29.3-1712"))
                .isEqualTo(
                        "DOWNGRADE: 3.29.3 is older than 3.29.4, and the recipe of appcircle does not allow downgrades");
        assertThat(appcircle().allowDowngrade().text("3.29.4", "3.28.3")).startsWith("DOWNGRADE: ");
    }
}

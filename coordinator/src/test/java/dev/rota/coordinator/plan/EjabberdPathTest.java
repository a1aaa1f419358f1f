package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.fixture.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The target at once; what lies between decides whether softly. */
class EjabberdPathTest {
    private static Way ejabberd() {
        return Way.of("ejabberd");
    }

    @ParameterizedTest
    @CsvSource({
        "23.01,23.04,''",
        "23.01-1,23.04,''",
        "23.01,23.10,23.04",
        "18.12,18.12.1,''",
        "18.09,18.12.1,18.12",
        "17.09,17.11,''",
        "15.11,16.02,16.01",
        "26.04,26.07,''",
        "23.04,24.06,23.10 24.02",
    })
    void whatLiesBetweenIsNamed(String from, String to, String skipped) {
        assertThat(ejabberd().hops(from, to)).hasSize(1);
        assertThat(String.join(" ", ejabberd().skipped(from, to))).isEqualTo(skipped);
    }

    @Test
    void theCatalogueAddsToWhatIsKnown() {
        assertThat(ejabberd().catalogue("26.05").skipped("26.04", "26.07")).containsExactly("26.05");
    }

    @Test
    void aCandidateInTheCatalogueIsNotSkipped() {
        assertThat(ejabberd().catalogue("23.04-rc1", "23.04-beta2").skipped("23.01", "23.04"))
                .isEmpty();
    }

    @Test
    void aCandidateComesBeforeItsRelease() {
        assertThat(ejabberd().text("24.12-rc1", "24.12")).isEqualTo("24.12-rc1 > 24.12");
        assertThat(ejabberd().text("24.12", "24.12-rc1")).startsWith("DOWNGRADE: 24.12-rc1 is older than 24.12");
    }

    @Test
    void nowhereToGoIsAWay() {
        assertThat(ejabberd().hops("23.04", "23.04-1")).isEmpty();
    }
}

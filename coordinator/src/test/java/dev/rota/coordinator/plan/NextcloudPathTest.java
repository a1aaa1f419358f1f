package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Change;
import dev.rota.coordinator.fixture.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The newest release of each major, none left out. */
class NextcloudPathTest {
    private static Way nextcloud() {
        return Way.of("nextcloud");
    }

    @Test
    void eachMajorInTurn() {
        Way way = nextcloud().catalogue("18.0.7", "18.0.11", "19.0.1", "19.0.5");
        assertThat(way.text("18.0.5", "20.0.2")).isEqualTo("18.0.5 > 18.0.11 > 19.0.5 > 20.0.2");
        assertThat(way.hops("18.0.5", "20.0.2"))
                .extracting(Hop::change)
                .containsExactly(Change.UPDATE, Change.UPGRADE, Change.UPGRADE);
        assertThat(way.text("18.0.11", "19.0.5")).isEqualTo("18.0.11 > 19.0.5");
    }

    @Test
    void aSkippedMajorIsNamed() {
        assertThat(nextcloud().catalogue("18.0.11").text("18.0.5", "20.0.2"))
                .isEqualTo(
                        "PATH_FORBIDDEN: nextcloud cannot skip a major release: the way from 18.0.5 to 20.0.2 is 18.0.11, 19, 20.0.2,"
                                + " and the catalogue has no release of 19: add its newest ('rota releases add nextcloud VERSION --file"
                                + " FILE'), then plan again");
        assertThat(nextcloud().catalogue("18.0.11").instead("18.0.5", "20.0.2")).containsExactly("18.0.11", "19");
        assertThat(nextcloud().catalogue("27.1.11").instead("25.0.2", "29.0.1")).containsExactly("26", "27.1.11", "28");
    }

    @Test
    void theNextMajorIsReachedFromTheNewestKnownPointRelease() {
        assertThat(nextcloud().text("18.0.5", "19.0.5")).isEqualTo("18.0.5 > 19.0.5");
        assertThat(nextcloud().catalogue("18.0.11").text("18.0.5", "19.0.5")).isEqualTo("18.0.5 > 18.0.11 > 19.0.5");
        assertThat(nextcloud().catalogue("18.0.12-rc1").text("18.0.11", "19.0.5"))
                .isEqualTo("18.0.11 > 19.0.5");
    }

    @Test
    void aPointReleaseIsReachedAtOnce() {
        Way way = nextcloud().catalogue("18.0.7", "18.0.9");
        assertThat(way.text("18.0.5", "18.0.11")).isEqualTo("18.0.5 > 18.0.11");
        assertThat(way.skipped("18.0.5", "18.0.11")).containsExactly("18.0.7", "18.0.9");
    }

    @Test
    void versionsOfFourNumbersCount() {
        assertThat(nextcloud().text("25.0.2.3", "25.0.13")).isEqualTo("25.0.2.3 > 25.0.13");
        assertThat(nextcloud().text("9.0.50", "10.0.1")).isEqualTo("9.0.50 > 10.0.1");
    }

    @Test
    void itNeverGoesBack() {
        assertThat(nextcloud().allowDowngrade().text("28.0.4", "28.0.3"))
                .isEqualTo(
                        "DOWNGRADE: 28.0.3 is older than 28.0.4, and the recipe of nextcloud does not allow downgrades");
    }

    @Test
    void aWayThatIsFarTooLongIsRefusedInShort() {
        List<String> instead = nextcloud().instead("9.0", "999999999.0");
        assertThat(instead).hasSize(20).startsWith("10", "11");
    }

    @Test
    void whatWasBeforeItIsRefused() {
        assertThat(nextcloud().text("8.2.1", "9.0.50"))
                .startsWith("PATH_FORBIDDEN: nextcloud can be upgraded from 9 on");
    }
}

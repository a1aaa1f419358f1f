package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Change;
import dev.rota.coordinator.fixture.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One package, every script between; names and numbers as the packages have them. */
class SeafilePathTest {
    private static Way seafile() {
        return Way.of("seafile");
    }

    @Test
    void theScriptsRunByNumberAndNotByText() {
        assertThat(seafile().text("8.0.5", "10.0.1")).isEqualTo("8.0.5 > 10.0.1");
        assertThat(seafile().scripts("8.0.5", "10.0.1")).containsExactly("upgrade_8.0_9.0.sh upgrade_9.0_10.0.sh");
        assertThat(seafile().scripts("9.0.9", "11.0.0")).containsExactly("upgrade_9.0_10.0.sh upgrade_10.0_11.0.sh");
    }

    @Test
    void packagesBetweenAreNotInstalledEvenIfTheCatalogueHasThem() {
        Way way = seafile().catalogue("8.0.3", "9.0.2", "10.0.1");
        assertThat(way.text("7.1.5", "11.0.2")).isEqualTo("7.1.5 > 11.0.2");
        assertThat(way.skipped("7.1.5", "11.0.2")).containsExactly("8.0.3", "9.0.2", "10.0.1");
    }

    @Test
    void maintenanceOnlySetsLinks() {
        assertThat(seafile().scripts("9.0.2", "9.0.16")).containsExactly("minor-upgrade.sh");
        assertThat(seafile().hops("9.0.2", "9.0.16").get(0).change()).isEqualTo(Change.UPDATE);
        assertThat(seafile().scripts("4.0.4", "4.0.4.1")).containsExactly("minor-upgrade.sh");
        assertThat(seafile().hops("9.0.2", "10.0.1").get(0).change()).isEqualTo(Change.UPGRADE);
    }

    @ParameterizedTest
    @CsvSource({
        "1.8.5,2.0.4,upgrade_1.8_2.0.sh",
        "2.1.5,3.0.7,upgrade_2.1_2.2.sh upgrade_2.2_3.0.sh",
        "3.1.7,4.0.6,upgrade_3.1_4.0.sh",
        "4.2.3,5.0.3,upgrade_4.2_4.3.sh upgrade_4.3_4.4.sh upgrade_4.4_5.0.sh",
        "5.1.4,6.3.4,upgrade_5.1_6.0.sh upgrade_6.0_6.1.sh upgrade_6.1_6.2.sh upgrade_6.2_6.3.sh",
        "7.0.5,8.0.0,upgrade_7.0_7.1.sh upgrade_7.1_8.0.sh",
        "12.0.14,14.0.1,upgrade_12.0_13.0.sh upgrade_13.0_14.0.sh",
    })
    void seriesThatNeverWereAreNoGap(String from, String to, String scripts) {
        assertThat(seafile().scripts(from, to)).containsExactly(scripts);
    }

    @Test
    void oldPackagesHaveTheScriptsUnderOldNames() {
        assertThat(seafile().scripts("0.9.3", "1.1.1"))
                .containsExactly(
                        "upgrade_0.9.3_0.9.4_server.sh upgrade_0.9.4_0.9.5_server.sh upgrade_0.9.5_1.0.0_server.sh"
                                + " upgrade_1.0_1.1.sh|upgrade_1.0.0_1.1.0_server.sh");
        assertThat(seafile().scripts("1.2.0", "1.3.6"))
                .containsExactly("upgrade_1.2_1.3.sh|upgrade_1.2_1.3_server.sh|upgrade_1.2.0_1.3.0_server.sh");
        assertThat(seafile().scripts("0.9.4", "0.9.5")).containsExactly("upgrade_0.9.4_0.9.5_server.sh");
    }

    @Test
    void theWholeChainHasEveryScriptOnce() {
        String all = String.join(" ", seafile().catalogue("7.0.5").scripts("0.9.2", "14.0.1"));
        assertThat(all.split(" ")).hasSize(37).doesNotHaveDuplicates();
        assertThat(all).startsWith("upgrade_0.9.2_0.9.3_server.sh ").endsWith(" upgrade_13.0_14.0.sh");
        assertThat(all.length()).isLessThan(4096);
    }

    @Test
    void sixGoesToSevenOneByWayOfSevenZero() {
        Way way = seafile().catalogue("7.0.4", "7.0.5", "7.0.6-rc1", "7.1.3");
        assertThat(way.text("6.3.4", "7.1.5")).isEqualTo("6.3.4 > 7.0.5 > 7.1.5");
        assertThat(way.scripts("6.3.4", "7.1.5")).containsExactly("upgrade_6.3_7.0.sh", "upgrade_7.0_7.1.sh");
        assertThat(way.text("5.1.4", "13.0.11")).isEqualTo("5.1.4 > 7.0.5 > 13.0.11");
        assertThat(way.text("6.3.4", "7.0.5")).isEqualTo("6.3.4 > 7.0.5");
        assertThat(way.text("7.0.4", "7.1.5")).isEqualTo("7.0.4 > 7.1.5");
    }

    @Test
    void withoutSevenZeroItSaysWhatToDo() {
        assertThat(seafile().text("6.3.4", "7.1.5"))
                .isEqualTo(
                        "PATH_FORBIDDEN: seafile goes from 6.3.4 to 7.1.5 only by way of 7.0: 7.1 cannot be reached from 6.x or"
                                + " older without 7.0; the catalogue has no release of it, so add it ('rota releases add seafile 7.0"
                                + " --file FILE') and go there first");
        assertThat(seafile().instead("6.3.4", "7.1.5")).containsExactly("7.0");
    }

    @Test
    void aCandidateBringsTheScriptsOfItsRelease() {
        assertThat(seafile().scripts("12.0.14", "13.0.0-rc1")).containsExactly("upgrade_12.0_13.0.sh");
        assertThat(seafile().scripts("13.0.0-rc1", "13.0.2")).containsExactly("minor-upgrade.sh");
    }

    @Test
    void aSeriesTheRecipeDoesNotKnowIsRefused() {
        assertThat(seafile().text("14.0.1", "15.0.0"))
                .isEqualTo(
                        "PATH_FORBIDDEN: no migration of seafile leads to or from 15.0 (15.0.0): its recipe knows them from"
                                + " 0.9.2 to 14.0; if there is one, add its script to 'migrations' in the recipe");
        assertThat(seafile().text("1.9.0", "2.0.1")).contains("leads to or from 1.9 (1.9.0)");
        assertThat(seafile().text("9.0.1", "9.1.0")).contains("leads to or from 9.1 (9.1.0)");
    }

    @Test
    void itNeverGoesBack() {
        assertThat(seafile().allowDowngrade().text("10.0.1", "9.0.16"))
                .isEqualTo(
                        "DOWNGRADE: 9.0.16 is older than 10.0.1, and the recipe of seafile does not allow downgrades");
    }

    @Test
    void whatIsOlderThanTheOldestScriptIsRefused() {
        assertThat(seafile().text("0.9.1", "1.0.0"))
                .isEqualTo(
                        "PATH_FORBIDDEN: seafile can be upgraded from 0.9.2 on, and 0.9.1 is older: bring it to 0.9.2 by its own"
                                + " procedure first");
    }
}

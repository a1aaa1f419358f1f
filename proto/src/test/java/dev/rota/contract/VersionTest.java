package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    private static final List<String> ASCENDING = List.of(
            "0",
            "0.1",
            "1",
            "1.0.1",
            "1.2",
            "1.10",
            "2.1.12",
            "2.1.13",
            "9.0",
            "10.0",
            "18.9",
            "18.12.1",
            "18.12.2",
            "23.01",
            "23.04",
            "23.10",
            "24.02",
            "24.12",
            "1.2.3.4.5.6",
            "999999999.999999999");

    @Test
    void versionsAreOrderedNumberByNumber() {
        List<Version> versions = ASCENDING.stream().map(Version::parse).sorted().toList();
        assertThat(versions)
                .extracting(Version::text)
                .containsExactly(
                        "0",
                        "0.1",
                        "1",
                        "1.0.1",
                        "1.2",
                        "1.2.3.4.5.6",
                        "1.10",
                        "2.1.12",
                        "2.1.13",
                        "9.0",
                        "10.0",
                        "18.9",
                        "18.12.1",
                        "18.12.2",
                        "23.01",
                        "23.04",
                        "23.10",
                        "24.02",
                        "24.12",
                        "999999999.999999999");
    }

    @Test
    void theOrderIsTotal() {
        List<Version> sorted = ASCENDING.stream().map(Version::parse).sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = 0; j < sorted.size(); j++) {
                assertThat(Integer.signum(sorted.get(i).compareTo(sorted.get(j))))
                        .as("%s against %s", sorted.get(i), sorted.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"23.01,23.1", "1.0,1", "1,1.0.0.0", "v2.1.13,2.1.13", "24.12-3~bpo12+1,24.12", "0,0.0"})
    void equalVersionsMayBeWrittenDifferently(String one, String other) {
        assertThat(Version.parse(one)).isEqualTo(Version.parse(other)).hasSameHashCodeAs(Version.parse(other));
        assertThat(Version.parse(one)).isEqualByComparingTo(Version.parse(other));
    }

    @ParameterizedTest
    @CsvSource({
        "23.01,23.01",
        "23.10,23.10",
        "18.12.1,18.12.1",
        "2.1.13,2.1.13",
        "v2.1.13,2.1.13",
        "V1.0,1.0",
        "23.01-1,23.01",
        "24.12-3~bpo12+1,24.12",
        "' 23.04 ',23.04",
    })
    void theTextStaysAsWrittenWithoutPrefixAndSuffix(String written, String text) {
        assertThat(Version.parse(written).text()).isEqualTo(text);
        assertThat(Version.parse(written)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "v",
                "latest",
                "23.",
                ".1",
                "23..01",
                "23.x",
                "-1",
                "23.01 beta",
                "23,01",
                "1.2.3.4.5.6.7",
                "1234567890",
                "23.01+dfsg",
                "vv1",
                "１.２"
            })
    void anythingElseIsRefusedByName(String text) {
        assertThat(Version.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> Version.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text
                        + "' is not a version: expected numbers separated by dots, such as 23.01 or 18.12.1");
    }

    @ParameterizedTest
    @CsvSource({
        "23.01,23.04,1,true",
        "23.01,23.04,2,false",
        "18.12.1,18.12.2,2,true",
        "18.12.1,18.12,2,true",
        "18.12.1,18.12.2,3,false",
        "1,1.0.5,2,true",
        "1,1.1,2,false",
    })
    void aSeriesIsTheLeadingNumbers(String one, String other, int parts, boolean same) {
        assertThat(Version.parse(one).sameSeries(Version.parse(other), parts)).isEqualTo(same);
    }
}

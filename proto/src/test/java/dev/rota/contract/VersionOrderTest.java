package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the products write, in the order they mean; and the laws of an order, for every small version. */
class VersionOrderTest {
    private static final List<String> NUMBERS = List.of("0", "1", "1.0", "1.01", "1.1", "1.1.0.1", "1.10", "2", "10");
    private static final List<String> STAGES = List.of(
            "", "-dev", "-alpha", "-alpha.2", "-beta", "-beta.2.1", "-pre1", "-rc", "-rc0", "-rc1", "-rc.2", "-rc10");

    private static List<Version> universe() {
        List<Version> all = new ArrayList<>();
        NUMBERS.forEach(n -> STAGES.forEach(s -> all.add(Version.parse(n + s))));
        return all;
    }

    private static int sign(Version a, Version b) {
        return Integer.signum(a.compareTo(b));
    }

    @Test
    void theOrderIsTotalAndAgreesWithEquality() {
        List<Version> all = universe();
        for (Version a : all) {
            assertThat(sign(a, a)).isZero();
            for (Version b : all) {
                assertThat(sign(a, b)).as("%s, %s", a, b).isEqualTo(-sign(b, a));
                assertThat(a.equals(b)).as("%s, %s", a, b).isEqualTo(sign(a, b) == 0);
                if (a.equals(b)) {
                    assertThat(a).as("%s, %s", a, b).hasSameHashCodeAs(b);
                }
            }
        }
    }

    @Test
    void theOrderIsTransitive() {
        List<Version> all = universe();
        for (Version a : all) {
            for (Version b : all) {
                for (Version c : all) {
                    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0 && a.compareTo(c) > 0) {
                        throw new AssertionError(a + " <= " + b + " <= " + c + ", but not " + a + " <= " + c);
                    }
                }
            }
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (Version v : universe()) {
            assertThat(Version.parse(v.text())).isEqualTo(v).hasToString(v.text());
            assertThat(v.series(6).parts()).hasSize(6);
            assertThat(v.sameSeries(v.series(2), 2)).isTrue();
            assertThat(v.beginsWith(v.series(2))).isTrue();
        }
    }

    @Test
    void anyTextIsAVersionOrNone() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append("0129.-~+vrcbeta x".charAt(random.nextInt(17)));
            }
            Version.tryParse(text.toString())
                    .ifPresent(v -> assertThat(Version.parse(v.text()))
                            .as(text.toString())
                            .isEqualTo(v));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "23.01 < 23.04 < 23.10 < 24.02",
                "2.1.12 < 2.1.13 < 13.03 < 17.09 < 17.11 < 18.12 < 18.12.1 < 19.09 < 19.09.1",
                "0.9.5 < 1.0.0 < 1.8 < 2.0 < 4.0.4 < 4.0.4.1 < 4.1 < 7.1 < 9.0 < 10.0 < 13.0",
                "4.9 < 4.10 < 5.9 < 5.37.2 < 5.37.10 < 6.0 < 10.11.17 < 11.7.2 < 11.10",
                "18.0.5 < 18.0.11 < 19.0.5 < 25.0.2 < 25.0.2.3",
                "3.7.1 < 3.14.0 < 3.28.3 < 3.29.0 < 3.29.10",
                "24.12-dev < 24.12-alpha1 < 24.12-beta < 24.12-beta.2 < 24.12-pre < 24.12-rc1 < 24.12-rc2 < 24.12-rc10 < 24.12 < 24.12.1-rc1",
                "5.0.0-beta.2 < 5.0.0-rc3 < 5.0.0 < 5.0.1-rc1",
            })
    void productsAreOrderedAsTheyMeanIt(String chain) {
        List<String> texts = List.of(chain.split(" < ", -1));
        List<Version> shuffled =
                new ArrayList<>(texts.stream().map(Version::parse).toList());
        Collections.shuffle(shuffled, new Random(7));
        assertThat(shuffled.stream().sorted()).extracting(Version::text).containsExactlyElementsOf(texts);
        for (int i = 1; i < texts.size(); i++) {
            assertThat(Version.parse(texts.get(i - 1))).isLessThan(Version.parse(texts.get(i)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "24.12-rc1,24.12-rc1",
        "v5.0.0-RC1,5.0.0-RC1",
        "24.12~rc1-1~bpo12+1,24.12~rc1",
        "24.12-rc1-2,24.12-rc1",
        "24.12-rc.1+build5,24.12-rc.1",
        "24.12rc1,24.12rc1",
        "24.12.rc1,24.12.rc1",
        "24.12-rc-1,24.12-rc-1",
        "3.0.0-SNAPSHOT,3.0.0-SNAPSHOT",
    })
    void aPreReleaseIsPartOfTheVersion(String written, String text) {
        assertThat(Version.parse(written)).hasToString(text);
        assertThat(Version.parse(written).released()).isFalse();
        assertThat(Version.parse(written)).isLessThan(Version.parse(written.replaceAll("[vV]|[-~.]?[rRS].*", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"24.12-rc1", "24.12-RC1", "24.12~rc1", "24.12rc1", "24.12.rc.1", "24.12-cr1"})
    void aPreReleaseMayBeWrittenInSeveralWays(String written) {
        assertThat(Version.parse(written)).isEqualTo(Version.parse("24.12-rc1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "23.01-1",
                "23.01-3~bpo12+1",
                "23.01-1rc",
                "23.01-rcx1",
                "23.01-alpine",
                "23.01-ubuntu1",
                "23.01-r1",
                "23.01-beta1x",
                "23.01-el8",
                "23.01-"
            })
    void aPackageSuffixIsNot(String written) {
        assertThat(Version.parse(written)).hasToString("23.01").isEqualTo(Version.parse("23.01"));
        assertThat(Version.parse(written).released()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"24.12~foo1", "24.12foo", "24.12.x", "24.12rc1x", "24.12~", "rc1", "-rc1", "24.12 rc1"})
    void whatIsNeitherIsRefused(String written) {
        assertThat(Version.tryParse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "23.01,2,23.01",
        "18.12.1,2,18.12",
        "18.12.1,3,18.12.1",
        "7,2,7.0",
        "4.0.4.1,1,4",
        "24.12-rc1,2,24.12",
        "24.12-rc1,3,24.12.0"
    })
    void theSeriesIsWrittenAsTheVersionIs(String version, int parts, String series) {
        assertThat(Version.parse(version).series(parts)).hasToString(series);
    }

    @ParameterizedTest
    @CsvSource({
        "23.01,23.1,2,NONE",
        "18.12,18.12.1,2,UPDATE",
        "23.01,23.04,2,UPGRADE",
        "23.04,23.01,2,DOWNGRADE",
        "18.0.5,18.0.11,1,UPDATE",
        "18.0.11,19.0.5,1,UPGRADE",
        "9.0.2,10.0.1,2,UPGRADE",
        "24.12-rc1,24.12,2,UPDATE",
        "24.12,24.12-rc1,2,DOWNGRADE",
        "24.10,24.12-rc1,2,UPGRADE",
    })
    void aStepIsToldByTheSeries(String from, String to, int parts, Change change) {
        assertThat(Change.of(Version.parse(from), Version.parse(to), parts)).isEqualTo(change);
    }

    @ParameterizedTest
    @CsvSource({
        "7.0,7.0,true",
        "7.0,7.0.4,true",
        "7.0,7,true",
        "7.0,7.1,false",
        "7.0,7.0.0-rc1,true",
        "3.29.1,3.29.10,false",
        ">=6.0 <7.0,6.3.4,true",
        ">=6.0 <7.0,7.0,false",
        ">=6.0 <7.0,5.9,false",
        ">=10.11.17,10.11.17,true",
        "<=11.7.2,11.7.3,false",
        "<=11.7.2,11.7.2,true",
        ">7.0,7.0.1,true",
        ">7.0,7.0,false",
        ">=7.1,7.1-rc1,true",
        "<7.1,7.1-rc1,false",
    })
    void aRangeKeepsItsBounds(String range, String version, boolean inside) {
        VersionRange parsed = VersionRange.tryParse(range).orElseThrow();
        assertThat(parsed.contains(Version.parse(version))).isEqualTo(inside);
        assertThat(parsed).hasToString(range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "=1", ">", ">=", "1.0-rc1", "v1.0", "1.0-1", ">= 1", "1 2 3 4 5", "1,2", "*"})
    void anythingElseIsNoRange(String text) {
        assertThat(VersionRange.tryParse(text)).isEmpty();
    }
}

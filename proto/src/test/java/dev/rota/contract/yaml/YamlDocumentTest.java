package dev.rota.contract.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
    private static YamlNode parse(String text) {
        return YamlDocument.parse(text, "f.yaml");
    }

    private static List<String> problemsOf(String text, Consumer<YamlMap> read) {
        YamlNode root = parse(text);
        read.accept(root.map());
        return root.problems().lines();
    }

    private static String refusal(String text) {
        try {
            parse(text).problems().throwIfAny();
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
        return "accepted";
    }

    @ParameterizedTest
    @ValueSource(strings = {"23.10", "1e3", "0x1F", "007", "true", "null", "~", "2024-01-01", "1_000", ".inf", "+1"})
    void plainTextStaysAsWritten(String text) {
        assertThat(parse("a: " + text).map().require("a").string()).isEqualTo(text);
    }

    @Test
    void quotedTextLosesItsQuotes() {
        YamlMap map = parse("a: \"x\\ty\"\nb: 'it''s'\nc: |\n  one\n  two\n").map();
        assertThat(map.require("a").string()).isEqualTo("x\ty");
        assertThat(map.require("b").string()).isEqualTo("it's");
        assertThat(map.require("c").string()).isEqualTo("one\ntwo\n");
    }

    @Test
    void everyValueKnowsItsPlace() {
        YamlMap map = parse("a: 1\nb:\n  - x\n  - {c: y}\n").map();
        assertThat(map.at()).isEqualTo("f.yaml:1:1");
        assertThat(map.at("b")).isEqualTo("f.yaml:2:1");
        assertThat(map.require("a").at()).isEqualTo("f.yaml:1:4");
        YamlNode inner = map.require("b").list().get(1);
        assertThat(inner.at()).isEqualTo("f.yaml:4:5");
        assertThat(inner.map().require("c").at()).isEqualTo("f.yaml:4:9");
    }

    @Test
    void keysKeepTheirOrder() {
        assertThat(parse("z: 1\na: 2\nm: 3").map().keys()).containsExactly("z", "a", "m");
    }

    @Test
    void readsNumbersSwitchesDurationsAndSizes() {
        YamlMap map = parse("i: 5\nyes: true\nno: false\nd: 50ms\nh: 2h\ns: 3MB\nq: \"10m\"")
                .map();
        assertThat(map.require("i").integer(1, 5)).isEqualTo(5);
        assertThat(map.require("yes").bool()).isTrue();
        assertThat(map.require("no").bool()).isFalse();
        assertThat(map.require("d").duration(Duration.ZERO, Duration.ofHours(1)))
                .isEqualTo(Duration.ofMillis(50));
        assertThat(map.require("h").duration(Duration.ZERO, Duration.ofHours(2)))
                .isEqualTo(Duration.ofHours(2));
        assertThat(map.require("q").duration(Duration.ZERO, Duration.ofHours(2)))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(map.require("s").size()).isEqualTo(3L * 1024 * 1024);
        assertThat(parse("f").problems().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "\"5\"", "0", "11", "99999999999999999999", "[5]"})
    void aNumberOutsideItsBoundsIsAProblem(String text) {
        assertThat(problemsOf("n: " + text, map -> map.require("n").integer(1, 10)))
                .singleElement()
                .asString()
                .startsWith("f.yaml:1:4: expected a whole number from 1 to 10, found ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "True", "on", "\"true\"", "1"})
    void onlyTrueAndFalseAreSwitches(String text) {
        assertThat(problemsOf(
                        "n: " + text, map -> assertThat(map.require("n").bool()).isFalse()))
                .singleElement()
                .asString()
                .startsWith("f.yaml:1:4: expected true or false, found ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 s", "1.5s", "-1s", "9ms", "61m", "5x"})
    void aDurationOutsideItsBoundsIsAProblem(String text) {
        assertThat(problemsOf(
                        "n: " + text, map -> map.require("n").duration(Duration.ofMillis(10), Duration.ofHours(1))))
                .containsExactly(
                        "f.yaml:1:4: expected a duration (a whole number with ms, s, m or h) from 10ms to 1h, found '"
                                + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5mb", "1.5GB", "-1B"})
    void aSizeWithoutItsUnitIsAProblem(String text) {
        assertThat(problemsOf("n: " + text, map -> map.require("n").size()))
                .containsExactly(
                        "f.yaml:1:4: expected a size (a whole number with B, KB, MB or GB), found '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: [x] | 1:4: expected text, found a list",
                "a: {x: y} | 1:4: expected text, found keys and values",
                "a: | 1:3: expected text, found nothing",
                "b: x | 1:1: key 'a' is missing",
            })
    void aMissingTextIsAProblem(String text, String problem) {
        assertThat(problemsOf(text, map -> assertThat(map.require("a").string()).isEmpty()))
                .containsExactly("f.yaml:" + problem);
    }

    @Test
    void aListIsNoMapAndAMapIsNoList() {
        assertThat(problemsOf("a: [x]\nb: {c: 1}\nc: x\nd:\n", map -> {
                    assertThat(map.require("a").map().keys()).isEmpty();
                    assertThat(map.require("b").list()).isEmpty();
                    assertThat(map.require("c").list()).isEmpty();
                    assertThat(map.require("d").map().keys()).isEmpty();
                }))
                .containsExactly(
                        "f.yaml:1:4: expected keys and values, found a list",
                        "f.yaml:2:4: expected a list, found keys and values",
                        "f.yaml:3:4: expected a list, found 'x'",
                        "f.yaml:4:3: expected keys and values, found nothing");
    }

    @Test
    void whatIsMissingIsReportedOnce() {
        assertThat(problemsOf("a: 1", map -> {
                    YamlMap missing = map.require("b").map();
                    assertThat(missing.require("c").integer(3, 4)).isEqualTo(3);
                    assertThat(missing.require("d").list()).isEmpty();
                    map.require("b");
                }))
                .containsExactly("f.yaml:1:1: key 'b' is missing");
    }

    @Test
    void anUnknownKeyNamesTheNearestKnownOneAndAllThatAreAllowed() {
        assertThat(problemsOf("helth: 1\nqqqqqq: 2\nhealth: 3", map -> map.allowOnly("health", "user")))
                .containsExactly(
                        "f.yaml:1:1: unknown key 'helth'; did you mean 'health'? allowed: health, user",
                        "f.yaml:2:1: unknown key 'qqqqqq'; allowed: health, user");
    }

    @Test
    void aWordOutsideTheChoiceIsAProblem() {
        assertThat(problemsOf("a: sotp\nb: start\nc: x", map -> {
                    assertThat(map.require("a").oneOf("start", "stop")).isEqualTo("start");
                    assertThat(map.require("b").oneOf("stop", "start")).isEqualTo("start");
                    assertThat(map.require("c").oneOf("artifact")).isEqualTo("artifact");
                }))
                .containsExactly(
                        "f.yaml:1:4: expected one of start, stop, found 'sotp'",
                        "f.yaml:3:4: expected artifact, found 'x'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\na: 2 | 2:1: key 'a' is there twice, first at f.yaml:1:1",
                "a: &x 1 | 1:4: anchors (&name) are not allowed",
                "a: &x [1]\\nb: *x | 1:4: anchors (&name) are not allowed\\nf.yaml:2:4: aliases (*name) are not allowed",
                "a: !!java.net.URL x | 1:4: tag 'tag:yaml.org,2002:java.net.URL' is not allowed here",
                "a: !secret x | 1:4: tag '!secret' is not allowed here",
                "a: !!map [x] | 1:4: tag 'tag:yaml.org,2002:map' is not allowed here",
                "[a]: x | 1:1: a key must be text",
                "a: 1\\n---\\nb: 2 | 2:1: a second document starts here; only one is allowed",
                "# nothing | 1:1: the file is empty",
                "a: [1 | 1:6: expected ',' or ']', but got <stream end>",
                "a: 1\\n b: 2 | 2:3: mapping values are not allowed here",
                "a: x\u0007y | 1:5: character U+0007 is not allowed",
            })
    void anythingButPlainDataIsRefused(String text, String refusal) {
        assertThat(refusal(text.replace("\\n", "\n"))).isEqualTo("f.yaml:" + refusal.replace("\\n", "\n"));
    }

    @Test
    void coreTagsAreAcceptedAndTextStaysText() {
        assertThat(problemsOf("a: !!str 5\nb: !!int 5", map -> {
                    assertThat(map.require("a").string()).isEqualTo("5");
                    assertThat(map.require("b").integer(1, 9)).isEqualTo(5);
                    map.require("a").integer(1, 9);
                }))
                .containsExactly("f.yaml:1:4: expected a whole number from 1 to 9, found the quoted text '5'");
    }

    @Test
    void depthIsBounded() {
        assertThat(refusal("[".repeat(49) + "x" + "]".repeat(49))).isEqualTo("accepted");
        assertThat(refusal("[".repeat(100_000))).isEqualTo("f.yaml:1:51: nested deeper than 50");
    }

    @Test
    void sizeIsBounded() {
        assertThat(refusal("a: " + "x".repeat(4 * 1024 * 1024))).isEqualTo("f.yaml:1:1: the file is larger than 4 MB");
    }

    @Test
    void atMostFiftyProblemsAreListed() {
        String text = IntStream.range(0, 60).mapToObj(i -> "k" + i + ": 1").collect(Collectors.joining("\n"));
        YamlNode root = parse(text);
        root.map().allowOnly("q");
        assertThatThrownBy(() -> root.problems().throwIfAny())
                .isInstanceOf(ConfigException.class)
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(51))
                .endsWith("... and 10 more");
    }
}

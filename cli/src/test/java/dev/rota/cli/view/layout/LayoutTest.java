package dev.rota.cli.view.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    private static final Page NARROW = new Page(40, false, Instant.EPOCH);

    @ParameterizedTest
    @CsvSource({"abc, 3", "Zürich, 6", "Zu\u0308rich, 6", "東京, 4", "한국, 4", "😀, 2", "'', 0"})
    void widthIsCountedInColumnsOfATerminal(String text, int width) {
        assertThat(Words.width(text)).isEqualTo(width);
    }

    @Test
    void controlCharactersAreShownInsteadOfObeyed() {
        assertThat(Words.printable("a\u001b[2Jb\tc\u009bd\u0000")).isEqualTo("a\\x1b[2Jb c\\x9bd\\x00");
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 6, abcdef", "abcdefg, 6, abcde…", "東京都, 5, 東京…", "東京都, 4, 東…"})
    void clippedTextFits(String text, int width, String expected) {
        assertThat(Words.clip(text, width)).isEqualTo(expected);
        assertThat(Words.width(Words.clip(text, width))).isLessThanOrEqualTo(width);
    }

    @Test
    void linesBreakAtSpacesAndInsideWordsOnlyWhereTheyMust() {
        assertThat(Words.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(Words.wrap("unbreakable", 4)).containsExactly("unbr", "eaka", "ble");
        assertThat(Words.wrap("", 4)).containsExactly("");
        assertThat(Words.wrap("a\n\nb", 4)).containsExactly("a", "", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0.00s",
        "0, 0.00s",
        "2190, 2.19s",
        "9999, 9.99s",
        "10000, 10.0s",
        "59999, 59.9s",
        "60000, 1m00s",
        "3599999, 59m59s",
        "3600000, 1h00m",
        "86399999, 23h59m",
        "90000000, 1d01h",
    })
    void measuredTimesAreShort(long ms, String expected) {
        assertThat(Units.elapsed(Duration.ofMillis(ms))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "500, 500ms", "30000, 30s", "90000, 1m30s", "600000, 10m", "3600000, 1h", "3661000, 1h1m1s"})
    void settingsAreExact(long ms, String expected) {
        assertThat(Units.setting(ms)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "52428800, 50.0 MiB", "9223372036854775807, 8.0 EiB"})
    void sizesHaveBinaryUnits(long bytes, String expected) {
        assertThat(Units.size(bytes)).isEqualTo(expected);
    }

    @Test
    void columnsStayStraightUnderWideAndCombiningCharacters() {
        Table table = Table.of(Column.left("ZONE"), Column.right("N"))
                .row(Cell.of("東京"), Cell.of(1))
                .row(Cell.of("Zu\u0308rich"), Cell.of(22))
                .row(Cell.of(""), Cell.EMPTY);

        assertThat(table.lines(NARROW)).containsExactly("ZONE     N", "東京     1", "Zu\u0308rich  22", "-");
    }

    @Test
    void onlyYieldingColumnsBecomeNarrower() {
        Table table = Table.of(Column.left("A"), Column.folded("B", 10), Column.cut("C", 5))
                .row(Cell.of("x".repeat(20)), Cell.of("folded at the spaces"), Cell.of("cut off"));

        assertThat(table.lines(NARROW))
                .containsExactly(
                        "A                     B           C",
                        "x".repeat(20) + "  folded at   cut o…",
                        " ".repeat(22) + "the spaces");
    }

    @Test
    void aRowThatDoesNotFitTheColumnsIsAMistake() {
        Table table = Table.of(Column.left("A"));

        assertThatIllegalArgumentException().isThrownBy(() -> table.row(List.of(Cell.of("1"), Cell.of("2"))));
    }
}

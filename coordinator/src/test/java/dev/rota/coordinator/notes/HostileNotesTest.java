package dev.rota.coordinator.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rota.contract.Version;
import dev.rota.coordinator.notes.NotesVerdict.Outcome;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.NoteBytes;
import dev.rota.coordinator.notes.text.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large, damaged and hostile files get an answer, in time proportional to their length. */
class HostileNotesTest {
    private static final Hop HOP = new Hop(Version.parse("2.0"), Version.parse("2.1"));
    private static final NotesReader READER =
            new NotesReader(new Phrases(java.util.Set.of("demo"), List.of(), List.of(), true));
    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final int MEGABYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"a.md", "a.rst", "a.txt"})
    void tenMegabytesAreRead(String name) {
        String part =
                "# Version 2.1\n\nSome text about the cluster and its nodes, and a table.\n\n- an item\n\n```sql\nDROP TABLE a;\n```\n\n";
        assertThat(read(name, part.repeat(10 * MEGABYTE / part.length())).findings())
                .isNotEmpty();
    }

    @Test
    void moreFindingsThanAnybodyReadsAreNotKept() {
        String part = "Stop all the nodes.\n\n- Edit the option `a` in your configuration.\n\n";
        NotesReading reading = read("a.md", "# Version 2.1\n\n" + part.repeat(8_000));

        assertThat(reading.findings()).hasSizeLessThan(11_000);
        assertThat(reading.problems()).singleElement().asString().contains("a.md: more than 10000 findings");
        assertThat(reading.verdict().forbidsSoft()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.md", "a.rst", "a.txt"})
    void aLineOfAMegabyteIsRead(String name) {
        read(name, "stop all the old nodes, and ".repeat(MEGABYTE / 28));
        read(name, "x".repeat(MEGABYTE));
    }

    /** Each of these makes some parser of notes run for minutes, or overflow its stack. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "> ",
                "- ",
                "* ",
                "1. ",
                "+ ",
                "[",
                "](",
                "![[",
                "`",
                "``a",
                "<",
                "<a ",
                "*a_ ",
                "**",
                "_a",
                "a**b",
                "|",
                "| a ",
                "|-",
                "+-",
                "+--+",
                "=",
                "= ",
                "\\",
                "(",
                "if ",
                "not ",
                "..",
                ".. ",
                ":: ",
                "\"says ",
                "https://",
                "-- ",
                "'",
                "$",
                "/*",
                "1.",
                "v1.1 ",
                "from 1.0 to ",
                "\t",
                "\u00a0",
                "<!--",
                "#",
                "~",
                "``` ",
                "no ",
                "\r",
                "? No ",
                "list-table:: * - ",
                "=== "
            })
    void catastrophicPatternsAreRead(String bit) {
        String line = bit.repeat(60_000 / bit.length());
        for (String name : List.of("a.md", "a.rst", "a.txt")) {
            read(name, line);
            read(name, (bit.strip() + "\n").repeat(6_000));
            read(name, "```sql\n" + line + "\n```\n");
        }
    }

    @Test
    void deepNestingIsRead() {
        StringBuilder lists = new StringBuilder();
        StringBuilder quotes = new StringBuilder();
        for (int depth = 0; depth < 600; depth++) {
            lists.append("  ".repeat(depth)).append("- item\n");
            quotes.append("> ".repeat(depth)).append("text\n");
        }
        for (String name : List.of("a.md", "a.rst", "a.txt")) {
            read(name, lists.toString());
            read(name, quotes.toString());
        }
    }

    @Test
    void theTimeIsProportionalToTheLength() {
        String part = "| v2.1 | Stop all nodes if you must, or not; see [this](http://x). ``ALTER TABLE a`` |\n";
        read("a.rst", part.repeat(6_000));
        long one = time(part.repeat(6_000));
        long four = time(part.repeat(24_000));

        assertThat(four).isLessThan(16 * Math.max(one, 20_000_000L));
    }

    @Test
    void whatIsNoTextIsUnclear() {
        byte[] binary = new byte[5_000];
        new Random(1).nextBytes(binary);
        byte[] latin = "Die Knoten müssen stehen.".getBytes(StandardCharsets.ISO_8859_1);
        byte[] cut = Arrays.copyOf("Alle Knoten ü".getBytes(StandardCharsets.UTF_8), 13);

        for (byte[] bytes : List.of(
                binary, latin, cut, new byte[0], new byte[] {'a', 0, 'b'}, "  \n".getBytes(StandardCharsets.UTF_8))) {
            Note note = NoteBytes.decode("a.md", bytes);
            assertThat(note).isInstanceOf(Note.Unreadable.class);
            NotesReading reading = READER.read(List.of(note), HOP, Assumptions.none());
            assertThat(reading.verdict().outcome()).isEqualTo(Outcome.UNCLEAR);
            assertThat(reading.problems()).singleElement().asString().startsWith("a.md is ");
        }
    }

    @Test
    void marksOfByteOrderAreUnderstood() {
        for (String text : List.of("\ufeffStop all nodes.", "Stop all nodes.")) {
            assertThat(NoteBytes.decode("a", text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Source.class);
        }
        Note wide = NoteBytes.decode("a", "\ufeffStop all nodes.".getBytes(StandardCharsets.UTF_16LE));
        assertThat(READER.read(List.of(wide), HOP, Assumptions.none()).verdict().outcome())
                .isEqualTo(Outcome.FULL_STOP);
    }

    @Test
    void aFileThatWasCutOffIsUnclear() {
        assertThat(read("a.md", "# 2.1\n\nFine.\n\n```sql\nDROP TA").verdict().outcome())
                .isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void theSameNotesGiveTheSameReading() {
        String note = "# 2.1\n\nIf you use Mnesia, stop all nodes.\n\n```sql\nDROP TABLE a;\n```\n";
        assertThat(read("a.md", note)).isEqualTo(read("a.md", note));
    }

    private static long time(String text) {
        long start = System.nanoTime();
        read("a.rst", text);
        return System.nanoTime() - start;
    }

    private static NotesReading read(String name, String text) {
        return assertTimeoutPreemptively(
                ENOUGH, () -> READER.read(List.of(Source.of(name, text)), HOP, Assumptions.none()));
    }
}

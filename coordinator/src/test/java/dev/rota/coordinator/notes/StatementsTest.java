package dev.rota.coordinator.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Version;
import dev.rota.coordinator.notes.Finding.Kind;
import dev.rota.coordinator.notes.Finding.Timing;
import dev.rota.coordinator.notes.NotesVerdict.Outcome;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.text.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What single sentences and short notes say. */
class StatementsTest {
    private static final Hop HOP = new Hop(Version.parse("2.0"), Version.parse("2.1"));
    private static final NotesReader READER = new NotesReader(Phrases.general("demo"));

    /** The first column is what a note with just this sentence says about a soft upgrade. */
    @ParameterizedTest
    @CsvFileSource(
            resources = "/notes/sentences.tsv",
            delimiter = '\t',
            quoteCharacter = '\0',
            maxCharsPerColumn = 1000)
    void sentence(String outcome, String sentence) {
        NotesReading reading = read("# Upgrade to 2.1\n\n" + sentence + "\n", Map.of());

        assertThat(reading.verdict().outcome().label())
                .as("%s: %s", sentence, reading.findings())
                .isEqualTo(outcome);
    }

    @Test
    void aBanOverTwoLinesIsQuotedWhole() {
        Finding ban = ban("# 2.1\n\nBe careful: soft upgrade\nis not supported this time.\n");

        assertThat(ban.firstLine()).isEqualTo(3);
        assertThat(ban.lastLine()).isEqualTo(4);
        assertThat(ban.quote()).isEqualTo("Be careful: soft upgrade is not supported this time.");
        assertThat(ban.headings()).containsExactly("2.1");
        assertThat(ban.rule()).isEqualTo("rolling-not-possible");
    }

    @Test
    void aBanBehindQuoteMarksIsQuotedFromOneLine() {
        Finding ban = ban("# 2.1\n\n> Be careful: soft upgrade\n> is not supported this time.\n");

        assertThat(ban.quote()).isIn("Be careful: soft upgrade", "is not supported this time.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            storage=sql        | SILENT
            storage=mysql      | SILENT
            storage=mnesia     | FULL_STOP
            gossip=off         | UNCLEAR
            mnesia=no          | SILENT
            mnesia=yes         | FULL_STOP
            """)
    void assumptionsDecideConditions(String assumption, Outcome outcome) {
        String[] parts = assumption.split("=", 2);
        NotesReading reading = read(
                "# 2.1\n\nIf you use Mnesia, you must stop all nodes before the upgrade.\n",
                Map.of(parts[0], parts[1]));

        assertThat(reading.verdict().outcome()).isEqualTo(outcome);
    }

    @Test
    void aListInheritsTheConditionOfItsIntroduction() {
        String note = "# 2.1\n\nIf you use Mnesia, do this before the upgrade:\n\n1. Back up.\n2. Stop all nodes.\n";

        assertThat(read(note, Map.of()).verdict().outcome()).isEqualTo(Outcome.UNCLEAR);
        assertThat(read(note, Map.of("storage", "sql")).verdict().outcome()).isEqualTo(Outcome.SILENT);
    }

    @Test
    void eitherOrIsNoBanForThoseWhoChoseTheFirst() {
        String note = "# 2.1\n\nOperators must either use gossip, or must stop all nodes, install, and start them.\n";

        assertThat(read(note, Map.of()).verdict().outcome()).isEqualTo(Outcome.UNCLEAR);
        assertThat(read(note, Map.of("gossip", "true")).verdict().outcome()).isEqualTo(Outcome.SILENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Rolling upgrades from 1.x to 2.x are not possible.                | SILENT
            A rolling upgrade from 2.0 to 2.1 is not possible.                | FULL_STOP
            In version 3.0, rolling upgrades will not be possible.            | SILENT
            Starting with demo 1.8, rolling upgrades are not possible.        | SILENT
            A rolling upgrade to version 2.1.3 is not possible.               | FULL_STOP
            Rolling upgrades from `>=1.2` to `<=1.4` are not supported.       | SILENT
            With PostgreSQL 9.6 a rolling upgrade is not possible.            | FULL_STOP
            """)
    void sentencesAreAboutTheReleasesTheyName(String sentence, Outcome outcome) {
        assertThat(read("# Upgrade notes\n\n" + sentence + "\n", Map.of())
                        .verdict()
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void sectionsOfOtherReleasesAreNotRead() {
        String note =
                "# Changes\n\n## 2.2\n\nStop all nodes first.\n\n## 2.1\n\nNothing special.\n\n## 2.0\n\nStop all nodes first.\n";

        assertThat(read(note, Map.of()).verdict().outcome()).isEqualTo(Outcome.SILENT);
        Hop both = new Hop(Version.parse("2.0"), Version.parse("2.2"));
        assertThat(READER.read(List.of(Source.of("n.md", note)), both, Assumptions.none())
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.FULL_STOP);
    }

    @Test
    void aWrongTitleDoesNotHideTheNote() {
        assertThat(read("# Upgrade to 1.9\n\nStop all nodes first.\n", Map.of())
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.FULL_STOP);
    }

    @Test
    void whatIsSaidAboutJustThisKindOfStepBeatsWhatIsSaidAboutAll() {
        String note =
                "# Upgrading\n\nA service interruption is not required for dot releases. Others require a short downtime.\n";
        Hop dot = new Hop(Version.parse("2.1.1"), Version.parse("2.1.2"));

        assertThat(READER.read(List.of(Source.of("n.md", note)), dot, Assumptions.none())
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.SOFT);
        assertThat(read(note, Map.of()).verdict().forbidsSoft()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Added a new column to the posts table.                                                   | UNCLEAR
            Added a new column. The migration is fully backwards-compatible.                         | SOFT
            Added a new column. Old nodes can run with it. The posts table is locked meanwhile.      | UNCLEAR
            Added a new column. The posts table is locked for a moment. No downtime is expected.     | SOFT
            A schema migration runs at start. It is entirely optional.                               | SILENT
            No schema changes were made.                                                             | SILENT
            Longer upgrade times are to be expected.                                                 | UNCLEAR
            """)
    void aChangeOfTheSchemaNeedsAPermissionWhereTheProcedureSaysSo(String text, Outcome outcome) {
        NotesReader strict = new NotesReader(new Phrases(Set.of("demo"), List.of(), List.of(), true));

        assertThat(strict.read(List.of(Source.of("n.md", "# 2.1\n\n" + text + "\n")), HOP, Assumptions.none())
                        .verdict()
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void aRecipeAddsPhrases() {
        Phrases phrases =
                new Phrases(Set.of("demo"), List.of("big bang ..3 needed"), List.of("carousel ..2 fine"), false);
        NotesReader reader = new NotesReader(phrases);

        assertThat(reader.read(List.of(Source.of("n.md", "A big bang is needed.")), HOP, Assumptions.none())
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.FULL_STOP);
        assertThat(reader.read(List.of(Source.of("n.md", "A carousel is fine.")), HOP, Assumptions.none())
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.SOFT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Change the option `listen` in your configuration.                      | CONFIGURATION_CHANGE
            This release requires Erlang/OTP 25 or newer.                          | MINIMUM_VERSION
            Support for PHP 7.4 was dropped, at least version 8.0 is required.     | MINIMUM_VERSION
            You cannot upgrade directly from 1.9 to 2.1 or later.                  | PATH_BAN
            First upgrade to 2.0.5, then to 2.1.                                   | STEPPING_STONE
            The data migration cannot be reverted.                                 | ONE_WAY
            Change the location block in your nginx configuration.                 | PROXY_CHANGE
            Add a DNS record for the new subdomain.                                | DNS_CHANGE
            Please read [the announcement](https://example.org/a) first.           | LINK
            Stop the server.                                                       | STOP_STEP
            There are no changes in the SQL schema.                                | NO_CHANGE
            This can be done while the old version is still running.               | STEP_PERMISSION
            """)
    void findings(String sentence, Kind kind) {
        assertThat(read("# Upgrade to 2.1\n\n" + sentence + "\n", Map.of()).findings())
                .extracting(Finding::kind)
                .contains(kind);
    }

    @Test
    void aListMayDenyWhatItsIntroductionNames() {
        String note = "# 2.1\n\nAbout rolling upgrades:\n\n- They are not supported this time.\n- Make a backup.\n";

        assertThat(read(note, Map.of()).verdict().outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '```\nA rolling upgrade is not possible.\n```'    | UNCLEAR
            '    A rolling upgrade is not possible.'           | UNCLEAR
            '```sh\n# stop all nodes first\n```'               | SILENT
            """)
    void aBanInATextThatIsShownAsCodeIsAQuestion(String code, Outcome outcome) {
        String note = "# 2.1\n\n" + code.translateEscapes() + "\n";

        assertThat(read(note, Map.of()).verdict().outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2.1 | FULL_STOP
            2.2 | SILENT
            """)
    void rowsOfTablesAreAboutTheReleaseInTheirFirstCell(String row, Outcome outcome) {
        String simple = "=======  ==================\nVersion  Text\n=======  ==================\n" + row
                + "      A rolling upgrade\n         is not possible.\n1.9      Nothing.\n=======  ==================\n";
        String list = ".. list-table::\n   :header-rows: 1\n\n   * - Version\n     - Text\n   * - " + row
                + "\n     - A rolling upgrade\n       is not possible.\n   * - 1.9\n     - Nothing.\n";

        for (String table : List.of(simple, list)) {
            Source note = Source.of("notes.rst", "Notes\n=====\n\n" + table);
            assertThat(READER.read(List.of(note), HOP, Assumptions.none())
                            .verdict()
                            .outcome())
                    .isEqualTo(outcome);
        }
    }

    @Test
    void linesMayEndWithACarriageReturn() {
        Finding ban = ban("# 2.1\r\rA rolling upgrade\ris not possible.\r");

        assertThat(ban.firstLine()).isEqualTo(3);
        assertThat(ban.lastLine()).isEqualTo(4);
        assertThat(ban.quote()).isEqualTo("A rolling upgrade is not possible.");
    }

    @Test
    void statementsOfSqlCarryTheirTiming() {
        String note = """
                # Upgrade to 2.1

                You must update the schema before starting demo 2.1.

                ## MySQL

                ```sql
                ALTER TABLE users ADD COLUMN age INT DEFAULT 0;
                ```

                ## PostgreSQL

                You may want to do this after you upgrade the database.

                ```sql
                ALTER TABLE users DROP COLUMN size;
                ```
                """;
        List<Finding> changes = read(note, Map.of()).findings().stream()
                .filter(f -> f.kind() == Kind.DATABASE_CHANGE)
                .toList();

        assertThat(changes).extracting(f -> f.timing().orElseThrow()).containsExactly(Timing.BEFORE, Timing.AFTER);
        assertThat(changes).extracting(Finding::optional).containsExactly(false, true);
        assertThat(changes).extracting(Finding::firstLine).containsExactly(8, 16);
    }

    private static Finding ban(String note) {
        return read(note, Map.of()).findings().stream()
                .filter(f -> f.kind() == Kind.BAN)
                .findFirst()
                .orElseThrow();
    }

    private static NotesReading read(String note, Map<String, String> assumptions) {
        return READER.read(List.of(Source.of("notes.md", note)), HOP, new Assumptions(assumptions));
    }
}

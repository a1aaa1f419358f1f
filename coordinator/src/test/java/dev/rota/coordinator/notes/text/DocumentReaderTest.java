package dev.rota.coordinator.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.notes.text.Document.Format;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {
    @Test
    void markdownHasBlocksUnderHeadings() {
        Document document = read("a.md", """
                ---
                title: left out
                ---
                # One

                A paragraph
                of two lines.

                ## Two ##

                - first item
                  goes on
                - second

                | Version | Note |
                |---------|------|
                | 2.1     | text |

                ```sql
                SELECT 1;
                ```

                :::danger

                Look out.

                :::

                <!-- left out -->
                """);

        assertThat(document.format()).isEqualTo(Format.MARKDOWN);
        assertThat(shown(document))
                .containsExactly(
                        "HEADING 4-4 [] One",
                        "PARAGRAPH 6-7 [One] A paragraph of two lines.",
                        "HEADING 9-9 [One] Two ##",
                        "LIST_ITEM 11-12 [One, Two] first item goes on",
                        "LIST_ITEM 13-13 [One, Two] second",
                        "TABLE_ROW 15-15 [One, Two, Version] | Version | Note |",
                        "TABLE_ROW 17-17 [One, Two, 2.1] | 2.1     | text |",
                        "CODE 20-20 [One, Two] SELECT 1;",
                        "PARAGRAPH 25-25 [One, Two] Look out.");
    }

    @Test
    void restructuredTextHasBlocksUnderHeadings() {
        Document document = read("a.rst", """
                =====
                Title
                =====

                .. note:: Mind this,
                   and that.

                Part
                ----

                A paragraph::

                    literal

                #. numbered
                   item

                .. code-block:: sql
                   :linenos:

                   SELECT 1;

                .. _label:

                Last.
                """);

        assertThat(shown(document))
                .containsExactly(
                        "HEADING 2-2 [] Title",
                        "ADMONITION 5-6 [Title] Mind this, and that.",
                        "HEADING 8-8 [Title] Part",
                        "PARAGRAPH 11-11 [Title, Part] A paragraph::",
                        "CODE 13-13 [Title, Part]     literal",
                        "LIST_ITEM 15-16 [Title, Part] numbered item",
                        "CODE 21-21 [Title, Part]    SELECT 1;",
                        "PARAGRAPH 25-25 [Title, Part] Last.");
    }

    @Test
    void gridTablesAreReadCellByCellEvenWhenTheirBarsSlip() {
        Document document = read("a.rst", """
                +-------+----------------------+
                | From  | Then                 |
                +=======+======================+
                | v2.1  | First text           |
                |       | goes on.             |
                |       +----------------------+
                |       | Second, far too long for its cell |
                |       |                      |
                |       | .. code-block:: sql  |
                |       |                      |
                |       |    DROP TABLE a;     |
                +-------+----------------------+
                | v2.0 | slipped               |
                +-------+----------------------+
                """);

        assertThat(shown(document))
                .contains(
                        "TABLE_ROW 4-5 [v2.1] First text goes on.",
                        "TABLE_ROW 7-7 [v2.1] Second, far too long for its cell",
                        "CODE 11-11 [v2.1]     DROP TABLE a;",
                        "TABLE_ROW 13-13 [v2.0] slipped");
        assertThat(document.blocks().stream()
                        .filter(b -> b.headings().contains("v2.1"))
                        .map(Block::unit)
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void plainTextHasHeadingsAndLists() {
        Document document = read("NOTES", "Release 2.1\n===========\n\nSome text.\n* an item\n* another\n");

        assertThat(document.format()).isEqualTo(Format.PLAIN);
        assertThat(shown(document))
                .containsExactly(
                        "HEADING 1-1 [] Release 2.1",
                        "PARAGRAPH 4-4 [Release 2.1] Some text.",
                        "LIST_ITEM 5-5 [Release 2.1] an item",
                        "LIST_ITEM 6-6 [Release 2.1] another");
    }

    @Test
    void sentencesEndWhereTheyEnd() {
        Block block = read("a.txt", "Use e.g. 2.1.3 of it. Then (see note.) Stop! Is v. 3 next? yes\n")
                .blocks()
                .get(0);

        assertThat(Sentence.of(block))
                .extracting(Sentence::text)
                .containsExactly("Use e.g. 2.1.3 of it.", "Then (see note.)", "Stop!", "Is v. 3 next? yes");
    }

    @Test
    void aBlockThatNeverEndsIsDamage() {
        assertThat(read("a.md", "# A\n\n```sql\nDROP TABLE").damage())
                .hasValueSatisfying(d -> assertThat(d).contains("line 3"));
        assertThat(read("a.md", "# A\n\n```sql\nDROP TABLE\n```\n").damage()).isEmpty();
    }

    private static Document read(String name, String text) {
        return DocumentReader.read(Source.of(name, text));
    }

    private static List<String> shown(Document document) {
        return document.blocks().stream()
                .map(b -> b.kind() + " " + b.firstLine() + "-" + b.lastLine() + " " + b.headings() + " " + b.text())
                .toList();
    }
}

package dev.rota.coordinator.notes.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.notes.sql.SqlStatement.Effect;
import dev.rota.coordinator.notes.text.DocumentReader;
import dev.rota.coordinator.notes.text.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlBlocksTest {
    @Test
    void theSqlOfAHereDocumentIsFound() {
        SqlBlock block =
                only("## MySQL\n\n```bash\nmysql -u root shop << EOF\nDROP TABLE a;\nDROP TABLE b;\nEOF\n```\n");

        assertThat(block.database()).isEqualTo(Database.MYSQL);
        assertThat(block.firstLine()).isEqualTo(4);
        assertThat(block.lastLine()).isEqualTo(7);
        assertThat(block.statements()).extracting(SqlStatement::text).containsExactly("DROP TABLE a", "DROP TABLE b");
        assertThat(block.statements()).extracting(SqlStatement::firstLine).containsExactly(5, 6);
    }

    @Test
    void databaseAndSchemaComeFromTheTextBeforeOrTheHeadings() {
        List<SqlBlock> blocks = read("""
                ## PostgreSQL

                If you use the new schema:

                ```sql
                CREATE TABLE a (x int);
                ```

                With the old schema:

                ```sql
                CREATE TABLE a (y int);
                ```

                ## Other

                - MS SQL:
                ```
                CREATE INDEX [i] ON [a] (x)
                ```
                """);

        assertThat(blocks)
                .extracting(SqlBlock::database)
                .containsExactly(Database.POSTGRESQL, Database.POSTGRESQL, Database.MSSQL);
        assertThat(blocks).extracting(SqlBlock::schema).containsExactly(Schema.NEW, Schema.OLD, Schema.ANY);
    }

    @Test
    void aBlockForTwoDatabasesIsListedForEach() {
        assertThat(read("### PostgreSQL/SQLite\n\n```sql\nDROP TABLE a;\n```\n"))
                .extracting(SqlBlock::database)
                .containsExactly(Database.POSTGRESQL, Database.SQLITE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PostgreSQL default/new schema        | ANY
            the legacy `mysql.sql` schema        | OLD
            the newer `mysql.new.sql` schema     | NEW
            `mysql.sql` or `mysql.new.sql`       | ANY
            """)
    void theSchemaHasManyNames(String text, Schema schema) {
        assertThat(Schema.named(text)).hasValue(schema);
    }

    @Test
    void misspeltNamesAreUnderstood() {
        assertThat(Database.named("Postgress")).containsExactly(Database.POSTGRESQL);
        assertThat(Database.named("Sqlite / MsSql")).containsExactly(Database.SQLITE, Database.MSSQL);
        assertThat(Database.named("MS SQL Server")).containsExactly(Database.MSSQL);
        assertThat(Database.named("my sequel")).isEmpty();
    }

    @Test
    void otherCodeIsNoSql() {
        assertThat(read("```yaml\nselect: 1\n```\n\n```sh\nupdate.sh --all\n```\n\n```\nset -e\n```\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT 1; SELECT 2                                   | 2
            SELECT ';'; SELECT 'it''s; ok'                       | 2
            -- nothing; at all                                   | 0
            /* a; b */ SELECT 1;                                 | 1
            DO $$ BEGIN x; y; END $$; SELECT 1;                  | 2
            DO $tag$ a; $$ b; $tag$;                             | 1
            SELECT "a;b" FROM t;; ;                              | 1
            SELECT 'never closed; SELECT 2;                      | 1
            """)
    void statementsAreCut(String sql, int count) {
        assertThat(SqlSplitter.split(sql, Database.POSTGRESQL)).hasSize(count);
    }

    @Test
    void delimitersAndBatchesAreKnown() {
        assertThat(SqlSplitter.split(
                        "DELIMITER //\nCREATE PROCEDURE p() BEGIN a; b; END//\nDELIMITER ;\nCALL p();", Database.MYSQL))
                .hasSize(2);
        assertThat(SqlSplitter.split("CREATE TABLE a (x int)\nGO\nCREATE TABLE b (x int)\nGO\n", Database.MSSQL))
                .hasSize(2);
        assertThat(SqlSplitter.split("CREATE INDEX a ON t (x)\n WITH (y)\nCREATE INDEX b ON t (x)", Database.MSSQL))
                .hasSize(2);
        assertThat(SqlSplitter.split("SELECT 'a\\'; b';", Database.MYSQL)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ALTER TABLE a ADD COLUMN h text DEFAULT '<HOST>'    | POSTGRESQL | placeholder
            ALTER TABLE  CONVERT TO CHARACTER SET utf8mb4       | MYSQL      | name of a table is missing
            UPDATE a SET x = ‘y’                                | MYSQL      | typographic
            DROP INDEX i ON t                                   | SQLITE     | not valid for sqlite
            DROP INDEX i ON t                                   | POSTGRESQL | not valid for postgresql
            ALTER TABLE t MODIFY x int                          | SQLITE     | not valid for sqlite
            CREATE TABLE t (x int                               | MYSQL      | parentheses
            Query was fine                                      | ANY        | not SQL
            SELECT 'abc                                         | ANY        | never closed
            """)
    void whatCannotRunIsSaid(String sql, Database database, String problem) {
        boolean open = sql.contains("'abc");
        assertThat(SqlChecks.problem(sql, database, open).orElse("")).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE a (x int)                          | EXPAND
            ALTER TABLE a ADD COLUMN x int DEFAULT 0        | EXPAND
            ALTER TABLE a ADD COLUMN x int NOT NULL         | CONTRACT
            ALTER TABLE a ALTER COLUMN x DROP DEFAULT       | CONTRACT
            ALTER TABLE a RENAME COLUMN x TO y              | CONTRACT
            DROP INDEX i                                    | CONTRACT
            UPDATE a SET x = 1                              | DATA
            SELECT count(*) FROM a                          | READ
            SET NAMES utf8                                  | OTHER
            EXEC sp_rename 'a', 'b'                         | CONTRACT
            """)
    void effects(String sql, Effect effect) {
        assertThat(SqlChecks.effect(sql)).isEqualTo(effect);
    }

    private static SqlBlock only(String note) {
        List<SqlBlock> blocks = read(note);
        assertThat(blocks).hasSize(1);
        return blocks.get(0);
    }

    private static List<SqlBlock> read(String note) {
        return SqlBlocks.of(DocumentReader.read(Source.of("notes.md", note)));
    }
}

package dev.rota.coordinator.notes.sql;

import dev.rota.coordinator.notes.text.Block;
import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the code blocks of a note that hold SQL, whatever language they claim to be in, and what they are for. */
public final class SqlBlocks {
    private static final int LOOK_BACK = 12;
    private static final int MAX_LABEL = 90;
    private static final Set<String> OTHER_LANGUAGES = Set.of(
            "yaml",
            "yml",
            "json",
            "toml",
            "ini",
            "erlang",
            "python",
            "py",
            "js",
            "javascript",
            "ts",
            "java",
            "go",
            "nginx",
            "xml",
            "html",
            "diff",
            "env",
            "apache",
            "conf",
            "php");

    private SqlBlocks() {}

    /** All SQL blocks of a note, in the order of the text. */
    public static List<SqlBlock> of(Document document) {
        List<SqlBlock> found = new ArrayList<>();
        List<Block> blocks = document.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).kind() == Kind.CODE) {
                found.addAll(of(blocks, i));
            }
        }
        return found;
    }

    /** The SQL of one code block, once for each database it is for; empty when it holds none. */
    public static List<SqlBlock> of(List<Block> blocks, int at) {
        Block code = blocks.get(at);
        String language = code.info().toLowerCase(Locale.ROOT).split("[ {,]", 2)[0];
        if (OTHER_LANGUAGES.contains(language)) {
            return List.of();
        }
        Shell shell = Shell.of(code.text());
        boolean declared = language.contains("sql");
        if (!declared && !shell.client() && !SqlChecks.isSurelySql(firstStatement(shell.sql()))) {
            return List.of();
        }
        List<SqlBlock> found = new ArrayList<>();
        Schema schema = schema(blocks, at);
        for (Database database : databases(blocks, at, shell)) {
            List<SqlStatement> statements = statements(code, shell.sql(), database);
            boolean any = statements.stream().anyMatch(s -> SqlChecks.startsLikeSql(s.text()));
            if (any) {
                found.add(
                        new SqlBlock(code.firstLine(), code.lastLine(), code.headings(), database, schema, statements));
            }
        }
        return found;
    }

    private static String firstStatement(String sql) {
        List<SqlSplitter.Cut> cuts = SqlSplitter.split(sql, Database.ANY);
        if (cuts.isEmpty()) {
            return "";
        }
        return sql.substring(cuts.get(0).start(), cuts.get(0).end());
    }

    private static List<SqlStatement> statements(Block code, String sql, Database database) {
        List<SqlStatement> statements = new ArrayList<>();
        for (SqlSplitter.Cut cut : SqlSplitter.split(sql, database)) {
            String text = sql.substring(cut.start(), cut.end());
            int first = code.pieces().get(code.pieceAt(cut.start())).line();
            int last = code.pieces()
                    .get(code.pieceAt(Math.max(cut.start(), cut.end() - 1)))
                    .line();
            statements.add(new SqlStatement(
                    text, first, last, SqlChecks.effect(text), SqlChecks.problem(text, database, cut.open())));
        }
        return statements;
    }

    private static Set<Database> databases(List<Block> blocks, int at, Shell shell) {
        Block code = blocks.get(at);
        for (int i = at - 1; i >= Math.max(0, at - LOOK_BACK) && blocks.get(i).unit() == code.unit(); i--) {
            Block before = blocks.get(i);
            if (before.kind() == Kind.CODE || before.kind() == Kind.HEADING) {
                continue;
            }
            Set<Database> named = Database.named(before.text());
            boolean label = before.text().length() <= MAX_LABEL;
            if (named.size() == 1 || (label && !named.isEmpty())) {
                return named;
            }
        }
        for (int i = code.headings().size() - 1; i >= 0; i--) {
            Set<Database> named = Database.named(code.headings().get(i));
            if (!named.isEmpty()) {
                return named;
            }
        }
        Set<Database> client = shell.database();
        if (!client.isEmpty()) {
            return client;
        }
        return EnumSet.of(bySyntax(code.text()));
    }

    private static Database bySyntax(String text) {
        String t = text.toLowerCase(Locale.ROOT);
        if (t.contains("engine=innodb")
                || t.contains("engine = innodb")
                || t.contains("auto_increment")
                || t.contains(" modify ")) {
            return Database.MYSQL;
        }
        if (t.contains("pad_index") || t.contains("[dbo]")) {
            return Database.MSSQL;
        }
        if (t.contains("jsonb") || t.contains("bytea") || t.contains("concurrently") || t.contains("using btree (")) {
            return Database.POSTGRESQL;
        }
        return t.contains("autoincrement") || t.contains("pragma ") ? Database.SQLITE : Database.ANY;
    }

    /** The text right before the code decides, then the headings. */
    private static Schema schema(List<Block> blocks, int at) {
        Block code = blocks.get(at);
        for (int i = at - 1; i >= Math.max(0, at - LOOK_BACK) && blocks.get(i).unit() == code.unit(); i--) {
            Block before = blocks.get(i);
            if (before.kind() == Kind.CODE || before.kind() == Kind.HEADING) {
                break;
            }
            Optional<Schema> named = Schema.named(before.text());
            if (named.isPresent()) {
                return named.get();
            }
        }
        for (int i = code.headings().size() - 1; i >= 0; i--) {
            Optional<Schema> named = Schema.named(code.headings().get(i));
            if (named.isPresent()) {
                return named.get();
            }
        }
        return Schema.ANY;
    }
}

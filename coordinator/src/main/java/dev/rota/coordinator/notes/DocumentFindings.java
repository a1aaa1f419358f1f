package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.Finding.Kind;
import dev.rota.coordinator.notes.Sections.Relation;
import dev.rota.coordinator.notes.language.Condition;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.language.Says;
import dev.rota.coordinator.notes.language.SentenceReader;
import dev.rota.coordinator.notes.language.Statement;
import dev.rota.coordinator.notes.sql.SqlBlock;
import dev.rota.coordinator.notes.sql.SqlBlocks;
import dev.rota.coordinator.notes.text.Block;
import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.Folding;
import dev.rota.coordinator.notes.text.Sentence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Goes through the blocks of one note that are about a hop and collects what they say. */
final class DocumentFindings {
    /** These name other releases, and versions of other software, as a matter of course. */
    private static final Set<Says> REMARKS =
            EnumSet.of(Says.MINIMUM_VERSION, Says.STEPPING_STONE, Says.FORBIDS_PATH, Says.ONE_WAY, Says.CONFIGURATION);

    /** The languages of code blocks that may hold prose. */
    private static final Set<String> TEXT = Set.of("", "text", "txt", "plain", "plaintext", "none");

    /** Many times what the longest note for all hops of a product holds. */
    static final int MAX_FINDINGS = 10_000;

    private static final int SAME_SENTENCE = 8;

    private final Document document;
    private final Hop hop;
    private final SentenceReader reader;
    private final Verdicts verdicts;
    private final Sections sections;
    private final Timings timings = new Timings();
    private final List<Finding> findings = new ArrayList<>();
    private List<Condition> intro = List.of();
    private Optional<Sentence> introSentence = Optional.empty();
    private int introUnit = -1;

    DocumentFindings(Document document, Hop hop, SentenceReader reader, Verdicts verdicts) {
        this.document = document;
        this.hop = hop;
        this.reader = reader;
        this.verdicts = verdicts;
        this.sections = new Sections(document, hop);
    }

    List<Finding> read() {
        List<Block> blocks = document.blocks();
        for (int i = 0; i < blocks.size() && !tooMany(); i++) {
            Block block = blocks.get(i);
            Relation relation = sections.of(block);
            if (relation != Relation.OTHER) {
                if (block.kind() == dev.rota.coordinator.notes.text.Kind.CODE) {
                    code(blocks, i, relation);
                } else {
                    prose(block, relation);
                }
            }
        }
        verdicts.endOfNote();
        return findings;
    }

    /** Whether there is more to find than anybody could look through; the rest was not read. */
    boolean tooMany() {
        return findings.size() >= MAX_FINDINGS;
    }

    private void code(List<Block> blocks, int at, Relation relation) {
        if (relation == Relation.PARTLY) {
            return;
        }
        List<SqlBlock> found = SqlBlocks.of(blocks, at);
        if (found.isEmpty() && TEXT.contains(blocks.get(at).info())) {
            text(blocks.get(at), relation);
        }
        for (SqlBlock sql : found) {
            if (sql.changes()) {
                Finding finding = new Finding(
                        Kind.DATABASE_CHANGE,
                        document.source().path(),
                        sql.firstLine(),
                        sql.lastLine(),
                        sql.headings(),
                        firstLine(sql),
                        "sql-block",
                        intro(blocks.get(at)).stream().map(Condition::text).toList(),
                        timings.of(blocks.get(at).unit()),
                        timings.optional(blocks.get(at).unit()),
                        Optional.of(sql));
                findings.add(finding);
                verdicts.statements(finding, blocks.get(at), relation);
            }
        }
    }

    /** Prose that was indented by mistake, or sample output that warns: a ban in it is a question. */
    private void text(Block code, Relation relation) {
        Block prose = Block.of(
                dev.rota.coordinator.notes.text.Kind.PARAGRAPH,
                code.headings(),
                "",
                code.unit(),
                code.pieces(),
                document.source().text());
        for (Sentence sentence : Sentence.of(prose)) {
            for (Statement statement : reader.read(sentence)) {
                boolean ban = statement.says() == Says.FORBIDS || statement.says() == Says.DEMANDS_STOP;
                if (ban && isAbout(statement, relation)) {
                    take(statement.inDoubt(), relation, List.of());
                }
            }
        }
    }

    private static String firstLine(SqlBlock sql) {
        String line = sql.statements().get(0).text().lines().findFirst().orElse("");
        String folded = Folding.fold(line);
        return folded.length() > Quotes.MAX_LENGTH
                ? folded.substring(0, Quotes.MAX_LENGTH).strip()
                : folded;
    }

    private void prose(Block block, Relation relation) {
        List<Condition> inherited = intro(block);
        boolean item = block.kind() == dev.rota.coordinator.notes.text.Kind.LIST_ITEM;
        boolean leads = !item && (block.text().endsWith(":") || block.text().endsWith(":**"));
        List<Condition> own = new ArrayList<>();
        Optional<Sentence> before = item && block.unit() == introUnit ? introSentence : Optional.empty();
        for (Sentence sentence : Sentence.of(block)) {
            if (tooMany()) {
                return;
            }
            timings.read(sentence);
            verdicts.sentence(sentence);
            for (Statement statement : reader.read(sentence, before)) {
                if (isAbout(statement, relation)) {
                    take(statement, relation, item ? inherited : List.of());
                }
            }
            link(sentence);
            if (leads) {
                own.addAll(reader.conditions(sentence));
            }
            before = Optional.of(sentence);
        }
        if (!item) {
            intro = own;
            introSentence = leads ? before : Optional.empty();
            introUnit = block.unit();
        }
    }

    /** The conditions of the paragraph that introduces a list, such as "If you use X, follow these steps:". */
    private List<Condition> intro(Block block) {
        return block.unit() == introUnit ? intro : List.of();
    }

    private boolean isAbout(Statement statement, Relation relation) {
        boolean about = statement.isAbout(hop) || (relation == Relation.HOP && statement.looksBack(hop));
        boolean named = statement.releases().stream().anyMatch(r -> hop.reaches(r.range()));
        boolean remark = REMARKS.contains(statement.says());
        return relation == Relation.PARTLY ? named : about || remark;
    }

    private void take(Statement statement, Relation relation, List<Condition> inherited) {
        List<Condition> conditions = new ArrayList<>(inherited);
        conditions.addAll(statement.conditions());
        Finding finding = finding(kind(statement, conditions), statement, conditions);
        List<Finding> before = findings.subList(Math.max(0, findings.size() - SAME_SENTENCE), findings.size());
        if (before.stream().noneMatch(finding::saysTheSameAs)) {
            findings.add(finding);
        }
        verdicts.statement(finding, statement, conditions, relation);
    }

    private static Kind kind(Statement statement, List<Condition> conditions) {
        boolean sure = conditions.isEmpty() && !statement.tentative();
        return switch (statement.says()) {
            case FORBIDS, DEMANDS_STOP -> sure ? Kind.BAN : Kind.CONDITIONAL_BAN;
            case ALLOWS, COMPATIBLE, NON_LOCKING -> Kind.PERMISSION;
            case ALLOWS_STEP -> Kind.STEP_PERMISSION;
            case NO_CHANGE -> Kind.NO_CHANGE;
            case CHANGES_SCHEMA, LOCKS, TAKES_LONG -> Kind.SCHEMA_CHANGE;
            case STOPS -> Kind.STOP_STEP;
            case ONE_WAY -> Kind.ONE_WAY;
            case STEPPING_STONE -> Kind.STEPPING_STONE;
            case FORBIDS_PATH -> Kind.PATH_BAN;
            case MINIMUM_VERSION -> Kind.MINIMUM_VERSION;
            case CONFIGURATION -> Kind.CONFIGURATION_CHANGE;
            case PROXY -> Kind.PROXY_CHANGE;
            case DNS -> Kind.DNS_CHANGE;
        };
    }

    private Finding finding(Kind kind, Statement statement, List<Condition> conditions) {
        Sentence sentence = statement.sentence();
        String quote = Quotes.of(document.source().text(), sentence, statement.start(), statement.end());
        return at(
                kind,
                sentence,
                quote,
                statement.rule(),
                conditions.stream().map(Condition::text).toList());
    }

    private Finding at(Kind kind, Sentence sentence, String quote, String rule, List<String> conditions) {
        Block block = sentence.block();
        return new Finding(
                kind,
                document.source().path(),
                block.pieces().get(block.pieceAt(sentence.start())).line(),
                block.pieces().get(block.pieceAt(sentence.end() - 1)).line(),
                block.headings(),
                quote,
                rule,
                conditions,
                Timings.timing(sentence.text()),
                Timings.isOptional(sentence.text()),
                Optional.empty());
    }

    /** "See", "read", "check" with a link: a person must. */
    private void link(Sentence sentence) {
        Optional<int[]> place = Links.mustRead(sentence);
        place.ifPresent(at -> findings.add(at(
                Kind.LINK,
                sentence,
                Quotes.of(document.source().text(), sentence, at[0], at[1]),
                "link-to-read",
                List.of())));
    }
}

package dev.rota.coordinator.app;

import dev.rota.coordinator.notes.Finding;
import dev.rota.coordinator.notes.HopDecision;
import dev.rota.coordinator.notes.NotesVerdict.Reason;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.sql.SqlBlock;
import dev.rota.coordinator.notes.sql.SqlStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Readings of notes as text and JSON. */
final class NotesViews {
    private NotesViews() {}

    static String json(String product, Hop hop, HopDecision decision) {
        Map<String, Object> document = JsonText.object();
        document.put("product", product);
        document.put("from", hop.from().text());
        document.put("to", hop.to().text());
        document.put("mode", decision.mode().label());
        document.put("code", decision.code());
        document.put("sentence", decision.sentence());
        document.put("verdict", decision.reading().verdict().outcome().label());
        document.put("problems", decision.reading().problems());
        document.put(
                "reasons",
                decision.reading().verdict().reasons().stream()
                        .map(NotesViews::reason)
                        .toList());
        document.put(
                "findings",
                decision.reading().findings().stream().map(NotesViews::finding).toList());
        return JsonText.of(document);
    }

    private static Map<String, Object> reason(Reason reason) {
        Map<String, Object> view = JsonText.object();
        view.put("sentence", reason.sentence());
        view.put("decided", reason.decided());
        reason.finding().ifPresent(f -> {
            view.put("kind", f.kind().label());
            place(view, f);
        });
        return view;
    }

    private static void place(Map<String, Object> view, Finding finding) {
        view.put("file", finding.file());
        view.put("firstLine", finding.firstLine());
        view.put("lastLine", finding.lastLine());
        view.put("headings", finding.headings());
        view.put("quote", finding.quote());
        view.put("rule", finding.rule());
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> view = JsonText.object();
        view.put("kind", finding.kind().label());
        place(view, finding);
        view.put("conditions", finding.conditions());
        finding.timing().ifPresent(t -> view.put("timing", t.label()));
        view.put("optional", finding.optional());
        finding.sql().ifPresent(sql -> view.put("sql", sql(sql)));
        return view;
    }

    /** A block of SQL with its statements. */
    static Map<String, Object> sql(SqlBlock block) {
        Map<String, Object> view = JsonText.object();
        view.put("firstLine", block.firstLine());
        view.put("lastLine", block.lastLine());
        view.put("headings", block.headings());
        view.put("database", block.database().label());
        view.put("schema", block.schema().label());
        view.put("statementCount", block.statements().size());
        view.put("runnable", block.problem().isEmpty());
        block.problem().ifPresent(p -> view.put("problem", p));
        view.put(
                "statements",
                block.statements().stream().map(NotesViews::statement).toList());
        return view;
    }

    private static Map<String, Object> statement(SqlStatement statement) {
        Map<String, Object> view = JsonText.object();
        view.put("firstLine", statement.firstLine());
        view.put("lastLine", statement.lastLine());
        view.put("effect", statement.effect().label());
        view.put("text", statement.text());
        statement.problem().ifPresent(p -> view.put("problem", p));
        return view;
    }

    static String text(String product, Hop hop, HopDecision decision) {
        StringBuilder out = new StringBuilder();
        out.append(product)
                .append(' ')
                .append(hop)
                .append(": ")
                .append(decision.mode().label())
                .append("  ")
                .append(decision.code())
                .append('\n');
        out.append("  ").append(decision.sentence()).append('\n');
        decision.evidence().ifPresent(f -> out.append("  ").append(cited(f)).append('\n'));
        if (!decision.reading().problems().isEmpty()) {
            out.append("\nProblems\n");
            decision.reading()
                    .problems()
                    .forEach(p -> out.append("  ").append(p).append('\n'));
        }
        section(
                out,
                "Looked at",
                decision.reading().verdict().reasons().stream()
                        .map(r -> (r.decided() ? "* " : "  ")
                                + r.sentence()
                                + r.finding().map(f -> "\n      " + cited(f)).orElse(""))
                        .toList());
        section(
                out,
                "Found",
                decision.reading().findings().stream().map(NotesViews::line).toList());
        return out.toString();
    }

    private static void section(StringBuilder out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append('\n').append(title).append('\n');
            lines.forEach(line -> out.append("  ").append(line).append('\n'));
        }
    }

    private static String line(Finding finding) {
        String timing = finding.timing().map(t -> ", " + t.label()).orElse("");
        String conditions = finding.conditions().isEmpty() ? "" : ", " + String.join("; ", finding.conditions());
        String sql = finding.sql().map(NotesViews::summary).orElse("");
        return finding.kind().label() + timing + (finding.optional() ? ", optional" : "") + conditions + sql
                + "\n      " + cited(finding);
    }

    private static String summary(SqlBlock sql) {
        Optional<String> problem = sql.problem();
        return ", " + sql.database().label() + ", schema " + sql.schema().label() + ", statements: "
                + sql.statements().size()
                + problem.map(p -> ", cannot be run: " + p).orElse("");
    }

    private static String cited(Finding finding) {
        return finding.place() + " \"" + finding.quote() + "\"";
    }
}

package dev.rota.coordinator.notes.text;

import dev.rota.coordinator.notes.text.Document.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes a note apart, in time proportional to its length. */
public final class DocumentReader {
    private static final int SNIFFED_LINES = 400;
    private static final int MAX_FRONT_MATTER = 200;

    private DocumentReader() {}

    /** Reads a note in the format its name says, or that its first lines look like. */
    public static Document read(Source source) {
        Format format = format(source);
        Outline out = new Outline(source.text());
        int first = frontMatter(source) + 1;
        Optional<String> damage = Optional.empty();
        if (format == Format.MARKDOWN && !Monolith.in(source, first)) {
            if (first <= source.lines()) {
                damage = MarkdownReader.read(out, source, first);
            }
        } else {
            List<Piece> lines = new ArrayList<>(source.lines());
            for (int line = first; line <= source.lines(); line++) {
                lines.add(new Piece(line, source.start(line), source.end(line)));
            }
            LineReader.read(out, lines);
        }
        return new Document(source, format, out.blocks(), damage);
    }

    /** How many lines at the start are metadata between lines of three dashes. */
    private static int frontMatter(Source source) {
        if (!source.line(1).stripTrailing().equals("---")) {
            return 0;
        }
        for (int line = 2; line <= Math.min(source.lines(), MAX_FRONT_MATTER); line++) {
            if (source.line(line).stripTrailing().equals("---")) {
                return line;
            }
        }
        return 0;
    }

    private static Format format(Source source) {
        String name = source.path().toLowerCase(Locale.ROOT);
        if (name.endsWith(".md") || name.endsWith(".mdx") || name.endsWith(".markdown")) {
            return Format.MARKDOWN;
        }
        if (name.endsWith(".rst") || name.endsWith(".rest")) {
            return Format.RESTRUCTURED_TEXT;
        }
        return sniff(source);
    }

    private static Format sniff(Source source) {
        for (int line = 1; line <= Math.min(source.lines(), SNIFFED_LINES); line++) {
            String text = source.line(line);
            if (text.startsWith("```") || text.startsWith("## ") || text.startsWith("# ")) {
                return Format.MARKDOWN;
            }
            if ((text.startsWith(".. ") && text.contains("::")) || text.startsWith("+---")) {
                return Format.RESTRUCTURED_TEXT;
            }
        }
        return Format.PLAIN;
    }
}

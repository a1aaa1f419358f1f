package dev.rota.coordinator.notes.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Reads Markdown. Only its blocks are parsed; what is inside a line stays as it is written, so that quotes are exact. */
final class MarkdownReader {
    private static final int MAX_NESTING = 60;
    private static final int MAX_LABEL = 60;

    private final Outline out;
    private final String source;
    private final int firstLine;
    private final Source lines;
    private Optional<String> damage = Optional.empty();
    private boolean tabbed;

    private MarkdownReader(Outline out, Source lines, int firstLine) {
        this.out = out;
        this.source = lines.text();
        this.lines = lines;
        this.firstLine = firstLine;
    }

    /** Reads a text from some line on; returns what is wrong with it. */
    static Optional<String> read(Outline out, Source lines, int firstLine) {
        MarkdownReader reader = new MarkdownReader(out, lines, firstLine);
        Parser parser = Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .maxOpenBlockParsers(MAX_NESTING)
                .inlineParserFactory(context -> (inline, node) -> node.appendChild(new Text("")))
                .build();
        reader.walk(parser.parse(lines.text().substring(lines.start(firstLine))));
        return reader.damage;
    }

    /** Depth first without recursion: nesting is the author's. */
    private void walk(Node root) {
        Node node = root;
        while (node != null) {
            boolean inside = !leaf(node);
            if (inside && node.getFirstChild() != null) {
                node = node.getFirstChild();
                continue;
            }
            while (node != null && node != root && node.getNext() == null) {
                node = node.getParent();
            }
            node = node == null || node == root ? null : node.getNext();
        }
    }

    /** Takes a block with text of its own; containers are walked into. */
    private boolean leaf(Node node) {
        List<Piece> pieces = pieces(node);
        if (pieces.isEmpty()) {
            return node instanceof Text;
        }
        if (node instanceof Heading heading) {
            heading(heading, pieces);
        } else if (node instanceof Paragraph) {
            paragraph(node, pieces);
        } else if (node instanceof FencedCodeBlock code) {
            fenced(code, pieces);
        } else if (node instanceof IndentedCodeBlock) {
            indented(pieces);
        } else if (node instanceof HtmlBlock) {
            html(pieces);
        } else if (node instanceof TableRow) {
            row(pieces);
        } else {
            return node instanceof LinkReferenceDefinition;
        }
        return true;
    }

    private List<Piece> pieces(Node node) {
        List<Piece> pieces = new ArrayList<>();
        for (SourceSpan span : node.getSourceSpans()) {
            int line = span.getLineIndex() + firstLine;
            int start = lines.start(line) + span.getColumnIndex();
            pieces.add(new Piece(line, start, Math.min(lines.end(line), start + span.getLength())));
        }
        return pieces;
    }

    private void heading(Heading heading, List<Piece> pieces) {
        Piece title = pieces.get(0).strip(source);
        int signs = Marks.numberSigns(source, title);
        Piece text = title.from(signs).strip(source);
        String words = text.in(source);
        int end = words.length();
        while (signs > 0 && end > 0 && words.charAt(end - 1) == '#') {
            end--;
        }
        out.heading(heading.getLevel(), List.of(text), words.substring(0, end));
        tabbed = false;
    }

    private void paragraph(Node node, List<Piece> pieces) {
        List<Piece> kept = new ArrayList<>();
        for (Piece piece : pieces) {
            if (source.startsWith(":::", piece.start()) || source.startsWith("=== \"", piece.start())) {
                tabbed |= source.charAt(piece.start()) == '=';
            } else {
                kept.add(piece);
            }
        }
        tabbed |= source.startsWith("!!!", pieces.get(0).start())
                || source.startsWith("???", pieces.get(0).start());
        out.add(kind(node), "", kept);
    }

    private static Kind kind(Node node) {
        int steps = 0;
        for (Node up = node.getParent(); up != null && steps < MAX_NESTING * 2; up = up.getParent()) {
            steps++;
            if (up instanceof ListItem) {
                return Kind.LIST_ITEM;
            }
            if (up instanceof BlockQuote) {
                return Kind.ADMONITION;
            }
        }
        return Kind.PARAGRAPH;
    }

    private void fenced(FencedCodeBlock code, List<Piece> pieces) {
        boolean closed = code.getClosingFenceLength() != null;
        if (!closed && pieces.get(pieces.size() - 1).line() >= lines.lines() - 1) {
            damage = Optional.of("the code block that starts at line "
                    + pieces.get(0).line() + " never ends: the file may be cut off");
        }
        int last = closed ? pieces.size() - 1 : pieces.size();
        String info = code.getInfo() == null ? "" : code.getInfo();
        out.add(Kind.CODE, info, last > 1 ? pieces.subList(1, last) : List.of());
    }

    /** After a tab or admonition marker of MkDocs, indented text is its content. */
    private void indented(List<Piece> pieces) {
        if (tabbed) {
            LineReader.readInside(out, pieces, Kind.ADMONITION, 0);
        } else {
            out.add(Kind.CODE, "", pieces);
        }
    }

    private void html(List<Piece> pieces) {
        if (!source.startsWith("<!--", pieces.get(0).strip(source).start())) {
            out.add(Kind.PARAGRAPH, "", pieces);
        }
    }

    /** The text of the first cell is the label of a row. */
    private void row(List<Piece> pieces) {
        String text = pieces.get(0).strip(source).in(source);
        int start = text.startsWith("|") ? 1 : 0;
        int end = text.indexOf('|', start);
        String label = end < 0 ? "" : Folding.fold(text.substring(start, end));
        boolean labelled = !label.isEmpty() && label.length() <= MAX_LABEL;
        if (labelled) {
            out.open(label);
        } else {
            out.nextUnit();
        }
        out.add(Kind.TABLE_ROW, "", pieces);
        if (labelled) {
            out.close();
        }
    }
}

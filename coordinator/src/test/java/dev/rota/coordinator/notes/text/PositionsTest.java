package dev.rota.coordinator.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: positions point to what they say, and folding is what a person would do. */
class PositionsTest {
    private static final List<String> BITS = List.of(
            "word",
            "Stop. ",
            " ",
            "  ",
            "\n",
            "\r\n",
            "\n\n",
            "\t",
            "\u00a0",
            "- ",
            "* ",
            "1. ",
            "> ",
            "# ",
            "## ",
            "`code`",
            "```\n",
            "| a | b |\n",
            "|---|---|\n",
            "+---+---+\n",
            "====\n",
            "----\n",
            ".. note:: ",
            "::\n",
            "    ",
            "é",
            "\ud83d\ude00",
            "a](b",
            "<tag>",
            ";",
            "'",
            "$$",
            "\\");

    @ParameterizedTest
    @ValueSource(strings = {"a.md", "a.rst", "a.txt"})
    void blocksAndSentencesAreWhatTheLinesSay(String name) {
        for (int seed = 0; seed < 400; seed++) {
            Source source = Source.of(name, text(new Random(seed)));
            for (Block block : DocumentReader.read(source).blocks()) {
                check(source, block, seed);
            }
        }
    }

    private static void check(Source source, Block block, int seed) {
        int last = 0;
        for (Piece piece : block.pieces()) {
            assertThat(piece.line()).as("seed %d", seed).isGreaterThanOrEqualTo(last);
            assertThat(piece.start()).isBetween(source.start(piece.line()), source.end(piece.line()));
            assertThat(piece.end()).isBetween(piece.start(), source.end(piece.line()));
            last = piece.line();
        }
        for (int i = 0; i < block.text().length(); i++) {
            int piece = block.pieceAt(i);
            int within = i - block.textStart(piece);
            if (within < block.pieces().get(piece).length()) {
                assertThat(source.text().charAt(block.sourceOffset(i)))
                        .as("seed %d", seed)
                        .isEqualTo(block.text().charAt(i));
            }
        }
        for (Sentence sentence : Sentence.of(block)) {
            assertThat(sentence.text())
                    .as("seed %d", seed)
                    .isEqualTo(sentence.text().strip())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void foldingIsIdempotentAndKeepsWords(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String text = text(random);
            String folded = Folding.fold(text);

            assertThat(Folding.fold(folded)).isEqualTo(folded);
            assertThat(folded)
                    .doesNotContain("  ")
                    .doesNotContain("\n")
                    .doesNotStartWith(" ")
                    .doesNotEndWith(" ");
            assertThat(folded.replace(" ", ""))
                    .isEqualTo(text.codePoints()
                            .filter(c -> c > ' ' && !Character.isSpaceChar(c) && !Character.isWhitespace(c))
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString());
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("x");
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            text.append(BITS.get(random.nextInt(BITS.size())));
        }
        return text.toString();
    }
}

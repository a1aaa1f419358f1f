package dev.rota.coordinator.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rota.coordinator.app.NotesAnswers;
import dev.rota.coordinator.notes.sql.SqlBlock;
import dev.rota.coordinator.notes.sql.SqlBlocks;
import dev.rota.coordinator.notes.text.DocumentReader;
import dev.rota.coordinator.notes.text.Folding;
import dev.rota.coordinator.notes.text.NoteBytes;
import dev.rota.coordinator.notes.text.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real notes with a truth made by hand, where they are at hand; the truth is only looked at here. */
class CorpusTest {
    private static final Path ROOT = Path.of(System.getProperty("rota.corpus", "../../shared/notes-corpus"));

    @BeforeAll
    static void corpus() {
        assumeTrue(
                Files.isRegularFile(ROOT.resolve("labels.tsv")),
                () -> "no corpus at " + ROOT.toAbsolutePath().normalize() + " (-Drota.corpus=DIR says where)");
    }

    @Test
    void modesAndQuotesAreRight() throws IOException {
        List<String[]> truth = rows("labels.tsv");
        long start = System.nanoTime();
        List<String[]> answers = NotesAnswers.of(ROOT.resolve("labels.tsv"), ROOT);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        Map<String, int[]> perProduct = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        List<String> falseSoft = new ArrayList<>();
        int quotes = 0;
        for (int i = 0; i < truth.size(); i++) {
            String[] row = truth.get(i);
            String[] answer = answers.get(i);
            assertThat(List.of(answer).subList(0, 3)).isEqualTo(List.of(row).subList(0, 3));
            int[] count = perProduct.computeIfAbsent(row[0], p -> new int[2]);
            count[1]++;
            if (right(row, answer[3])) {
                count[0]++;
            } else {
                wrong.add(String.join(" ", List.of(answer)));
            }
            if (row[4].equals("full-stop") && answer[3].equals("soft")) {
                falseSoft.add(String.join(" ", List.of(answer)));
            }
            if (!answer[8].isEmpty()) {
                quotes++;
                assertThat(quoted(answer)).as(String.join(" ", List.of(answer))).isTrue();
            }
        }
        System.out.printf(
                "notes corpus: %d rows, %d right, %d full stops answered soft, %d quotes exact, %d ms%n",
                truth.size(), truth.size() - wrong.size(), falseSoft.size(), quotes, took.toMillis());
        perProduct.forEach((product, count) -> System.out.printf("  %s: %d of %d%n", product, count[0], count[1]));
        wrong.forEach(line -> System.out.println("  wrong: " + line));

        assertThat(falseSoft).isEmpty();
        assertThat(wrong).hasSizeLessThanOrEqualTo(truth.size() / 20);
    }

    @Test
    void sqlBlocksAreFound() throws IOException {
        Map<String, List<SqlBlock>> read = new TreeMap<>();
        int found = 0;
        int counted = 0;
        List<String[]> truth = rows("ejabberd-sql.tsv");
        for (String[] row : truth) {
            if (!read.containsKey(row[1])) {
                read.put(row[1], SqlBlocks.of(DocumentReader.read(source(row[1]))));
            }
            Optional<SqlBlock> block = read.getOrDefault(row[1], List.of()).stream()
                    .filter(b -> b.firstLine() == Integer.parseInt(row[2]) && b.lastLine() == Integer.parseInt(row[3]))
                    .filter(b -> b.database().label().equals(row[4])
                            && b.schema().label().equals(row[5]))
                    .findFirst();
            found += block.isPresent() ? 1 : 0;
            counted += block.map(b -> b.statements().size()).orElse(-1) == Integer.parseInt(row[6]) ? 1 : 0;
        }
        System.out.printf(
                "sql blocks: %d, with database and schema right %d, statement counts equal %d%n",
                truth.size(), found, counted);
        assertThat(found * 100).isGreaterThanOrEqualTo(truth.size() * 95);
        assertThat(counted * 100).isGreaterThanOrEqualTo(truth.size() * 90);
    }

    private static boolean right(String[] row, String mode) {
        return mode.equals(row[4])
                || (row[4].equals("unclear") && mode.equals("full-stop"))
                || row[8].contains("accept " + mode);
    }

    private static boolean quoted(String[] answer) throws IOException {
        String lines = source(answer[5]).lines(Integer.parseInt(answer[6]), Integer.parseInt(answer[7]));
        return Folding.fold(lines).contains(answer[8]);
    }

    private static Source source(String file) throws IOException {
        return (Source) NoteBytes.decode(file, Files.readAllBytes(ROOT.resolve(file)));
    }

    private static List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(ROOT.resolve(file)).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();
    }
}

package dev.rota.coordinator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {
    @TempDir
    Path directory;

    private Path path;

    private int used;

    @BeforeEach
    void writeThreeRecords() throws IOException {
        path = directory.resolve("records");
        try (Segment file = Segment.create(new DiskFile(path), 1, 500)) {
            file.append(List.of(record(1, "one"), record(1, "two")));
            file.append(List.of(record(2, "three")));
            used = (int) file.bytes();
        }
    }

    @Test
    void whatWasAppendedIsReadBack() throws IOException {
        try (Segment file = open(3)) {
            assertThat(file.last()).isEqualTo(3);
            assertThat(text(file, 2)).isEqualTo("two");
            assertThat(file.read(3).term()).isEqualTo(2);
            assertThat(file.term(2)).isEqualTo(1);
            assertThat(file.bytes()).isLessThan(Files.size(path));
            assertThat(Files.size(path)).isEqualTo(508);
        }
    }

    @Test
    void aRecordCutShortAnywhereIsDroppedUnlessItWasCommitted() throws IOException {
        byte[] whole = Files.readAllBytes(path);
        int third = indexOf(whole, "three") - 25;
        for (int length = third + 1; length < used; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> open(3)).isInstanceOf(DamagedJournalException.class);
            try (Segment file = open(2)) {
                assertThat(file.last()).isEqualTo(2);
                assertThat(file.bytes()).isEqualTo(third);
            }
        }
    }

    @Test
    void everyFlippedBitOfACommittedRecordIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(path);
        for (int at = 0; at < used; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(path, damaged);
            assertThatThrownBy(() -> open(3))
                    .as("byte %d", at)
                    .isInstanceOf(DamagedJournalException.class)
                    .hasMessageContaining(path.toString());
            assertThat(Files.readAllBytes(path)).isEqualTo(damaged);
        }
    }

    @Test
    void missingRecordsAreCounted() throws IOException {
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, indexOf(whole, "three") - 25));

        try (Segment file = open(2)) {
            assertThat(file.missing(3, "missing"))
                    .hasMessageContaining("record 3")
                    .hasMessageContaining("missing");
        }
    }

    @Test
    void whatIsLeftBehindTheEndIsClearedSoThatItCannotComeBack() throws IOException {
        byte[] whole = Files.readAllBytes(path);
        int second = indexOf(whole, "two") - 25;
        Arrays.fill(whole, second, second + 28, (byte) 0);
        Files.write(path, whole);

        try (Segment file = open(1)) {
            assertThat(file.last()).isEqualTo(1);
            file.append(List.of(record(3, "new")));
        }
        try (Segment file = open(2)) {
            assertThat(file.last())
                    .as("the third record was never acknowledged")
                    .isEqualTo(2);
        }
    }

    @Test
    void aFileThatLostItsPowerBeforeTheFirstRecordIsBegunAgain() throws IOException {
        for (int length = 0; length <= 8; length++) {
            Files.write(path, Arrays.copyOf("ROTAJRN\u0001".getBytes(StandardCharsets.ISO_8859_1), length));
            try (Segment file = open(0)) {
                assertThat(file.last()).isZero();
                file.append(List.of(record(1, "one")));
            }
        }
    }

    @Test
    void aForeignFileIsRefused() throws IOException {
        Files.writeString(path, "something else entirely");

        assertThatThrownBy(() -> open(0)).hasMessageContaining("not a journal of this format");
    }

    @Test
    void recordsAreRemovedFromAnIndexOn() throws IOException {
        try (Segment file = open(1)) {
            file.cutFrom(2);
            file.append(List.of(record(3, "other")));
        }
        try (Segment file = open(2)) {
            assertThat(file.last()).isEqualTo(2);
            assertThat(text(file, 2)).isEqualTo("other");
        }
    }

    @Test
    void aRecordThatRotsWhileTheFileIsOpenIsFound() throws IOException {
        try (Segment file = open(3)) {
            byte[] damaged = Files.readAllBytes(path);
            damaged[indexOf(damaged, "two")] ^= 1;
            Files.write(path, damaged);

            assertThatThrownBy(() -> file.read(2))
                    .hasMessageContaining("record 2")
                    .hasMessageContaining("damaged");
        }
    }

    private Segment open(long committed) throws IOException {
        DiskFile file = new DiskFile(path);
        try {
            return Segment.open(file, 1, committed);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static LogRecord record(long term, String text) {
        return new LogRecord(term, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Segment file, long index) throws IOException {
        return new String(file.read(index).payload(), StandardCharsets.UTF_8);
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}

package dev.rota.coordinator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.journal.RecordFile.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void writeThreeRecords() throws IOException {
        path = directory.resolve("records");
        try (RecordFile file = open(0)) {
            file.append(List.of(entry(1, "one"), entry(1, "two")));
            file.append(List.of(entry(2, "three")));
        }
    }

    @Test
    void whatWasAppendedIsReadBack() throws IOException {
        try (RecordFile file = open(3)) {
            assertThat(file.last()).isEqualTo(3);
            assertThat(text(file, 2)).isEqualTo("two");
            assertThat(file.read(3).term()).isEqualTo(2);
            assertThat(file.bytes()).isEqualTo(Files.size(path));
        }
    }

    @Test
    void aRecordCutShortAnywhereIsDroppedUnlessItWasCommitted() throws IOException {
        byte[] whole = Files.readAllBytes(path);
        int third = indexOf(whole, "three") - 25;
        for (int length = third + 1; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> open(3)).isInstanceOf(DamagedJournalException.class);
            try (RecordFile file = open(2)) {
                assertThat(file.last()).isEqualTo(2);
                assertThat(Files.size(path)).isEqualTo(third);
            }
        }
    }

    @Test
    void everyFlippedBitOfACommittedRecordIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(path);
        for (int at = 0; at < whole.length; at++) {
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

        assertThatThrownBy(() -> open(3)).hasMessageContaining("record 3").hasMessageContaining("missing");
    }

    @Test
    void aForeignFileIsRefused() throws IOException {
        Files.writeString(path, "something else entirely");

        assertThatThrownBy(() -> open(0)).hasMessageContaining("not a journal of this format");
    }

    @Test
    void recordsAreRemovedFromAnIndexOn() throws IOException {
        try (RecordFile file = open(1)) {
            file.cutFrom(2);
            file.append(List.of(entry(3, "other")));
        }
        try (RecordFile file = open(2)) {
            assertThat(file.last()).isEqualTo(2);
            assertThat(text(file, 2)).isEqualTo("other");
        }
    }

    @Test
    void aRecordThatRotsWhileTheFileIsOpenIsFound() throws IOException {
        try (RecordFile file = open(3)) {
            byte[] damaged = Files.readAllBytes(path);
            damaged[indexOf(damaged, "two")] ^= 1;
            Files.write(path, damaged);

            assertThatThrownBy(() -> file.read(2))
                    .hasMessageContaining("record 2")
                    .hasMessageContaining("damaged");
        }
    }

    private RecordFile open(long committed) throws IOException {
        DiskFile file = new DiskFile(path);
        try {
            return RecordFile.open(file, committed);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static Entry entry(long term, String text) {
        return new Entry(term, false, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(RecordFile file, long index) throws IOException {
        return new String(file.read(index).payload(), StandardCharsets.UTF_8);
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}

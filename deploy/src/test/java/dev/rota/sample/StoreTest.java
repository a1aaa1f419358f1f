package dev.rota.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private final Path directory;

    StoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void keepsWhatWasWrittenAcrossARestart() throws IOException {
        try (Store store = open()) {
            store.write("a", Optional.of("1"), "n1");
            store.write("b", Optional.of("2"), "n1");
            store.write("a", Optional.empty(), "n1");
        }
        try (Store store = open()) {
            assertThat(store.get("a")).isEmpty();
            assertThat(store.get("b")).contains("2");
            assertThat(store.count()).isOne();
        }
    }

    @Test
    void dropsARecordThatWasBeingWrittenWhenTheProcessDied() throws IOException {
        try (Store store = open()) {
            store.write("a", Optional.of("1"), "n1");
            store.write("b", Optional.of("2"), "n1");
        }
        byte[] whole = Files.readAllBytes(file());
        for (int length = whole.length - 1; length > whole.length / 2; length--) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (Store store = open()) {
                assertThat(store.get("a")).as("cut to %s bytes", length).contains("1");
                assertThat(store.get("b")).as("cut to %s bytes", length).isEmpty();
            }
        }
    }

    @Test
    void theLaterWriteWinsInWhicheverOrderTheyArrive() throws IOException {
        Entry earlier = new Entry("k", 7, "n1", Optional.of("earlier"));
        Entry later = new Entry("k", 7, "n2", Optional.of("later"));
        try (Store one = open();
                Store other = new Store(directory.resolve("other.log"))) {
            one.apply(List.of(earlier));
            one.apply(List.of(later));
            other.apply(List.of(later));
            other.apply(List.of(earlier));
            assertThat(one.get("k")).contains("later");
            assertThat(other.get("k")).contains("later");
            assertThat(one.digest()).isEqualTo(other.digest());
        }
    }

    @Test
    void aWriteIsLaterThanEverythingSeen() throws IOException {
        try (Store store = open()) {
            store.apply(List.of(new Entry("k", 41, "n9", Optional.of("seen"))));
            assertThat(store.write("k", Optional.of("mine"), "n1").counter()).isEqualTo(42);
            assertThat(store.get("k")).contains("mine");
        }
    }

    @Test
    void aWipedStoreIsEmptyOnDiskToo() throws IOException {
        try (Store store = open()) {
            store.write("a", Optional.of("1"), "n1");
            store.wipe();
            assertThat(store.count()).isZero();
        }
        assertThat(file()).isEmptyFile();
    }

    @Test
    void bucketsCountKeysThatAreThere() throws IOException {
        try (Store store = open()) {
            store.write("a", Optional.of("1"), "n1");
            store.write("b", Optional.of("1"), "n1");
            store.write("b", Optional.empty(), "n1");
            assertThat(store.buckets().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isOne();
        }
    }

    private Store open() throws IOException {
        return new Store(file());
    }

    private Path file() {
        return directory.resolve("store.log");
    }
}

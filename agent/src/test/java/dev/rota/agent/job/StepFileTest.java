package dev.rota.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepFileTest {
    private static final int MAGIC_BYTES = 12;
    private static final int HEADER_BYTES = 9;

    @TempDir
    Path dir;

    private Path path;

    @BeforeEach
    void name() {
        path = dir.resolve("step");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private StepFile again() {
        return new StepFile(path);
    }

    @Test
    void theNewestOfEachKindCounts() throws IOException {
        StepFile file = again();
        file.create(bytes("order"));
        file.append(StepFile.Kind.STATE, bytes("first"));
        again().append(StepFile.Kind.STATE, bytes("second"));
        again().append(StepFile.Kind.RESULT, bytes(""));
        assertThat(again().read())
                .containsOnlyKeys(StepFile.Kind.ORDER, StepFile.Kind.STATE, StepFile.Kind.RESULT)
                .containsEntry(StepFile.Kind.ORDER, bytes("order"))
                .containsEntry(StepFile.Kind.STATE, bytes("second"));
    }

    @Test
    void recordsBeyondTheRoomMakeTheFileLonger() throws IOException {
        again().create(bytes("order"));
        long made = Files.size(path);
        StepFile file = again();
        file.append(StepFile.Kind.STATE, bytes("small"));
        assertThat(Files.size(path)).isEqualTo(made);
        byte[] large = bytes("x".repeat(100_000));
        file.append(StepFile.Kind.RESULT, large);
        file.append(StepFile.Kind.STATE, bytes("last"));
        assertThat(Files.size(path)).isGreaterThan(made);
        assertThat(again().read())
                .containsEntry(StepFile.Kind.RESULT, large)
                .containsEntry(StepFile.Kind.STATE, bytes("last"));
    }

    @Test
    void whereverItsMakingWasCutShortThereIsNoStep() throws IOException {
        again().create(bytes("order"));
        byte[] whole = Files.readAllBytes(path);
        int used = MAGIC_BYTES + HEADER_BYTES + "order".length();
        for (int written = 0; written < used; written++) {
            Files.write(path, Arrays.copyOf(whole, written));
            assertThat(again().read()).as("%d bytes", written).isEmpty();
            if (written == 0 || written >= MAGIC_BYTES) {
                // the size may reach the disk before the content does
                Files.write(path, Arrays.copyOf(Arrays.copyOf(whole, written), whole.length));
                assertThat(again().read()).as("%d bytes and zeros", written).isEmpty();
            }
        }
        Files.write(path, Arrays.copyOf(whole, used));
        assertThat(again().read()).containsKey(StepFile.Kind.ORDER);
    }

    @Test
    void whereverARecordWasTornTheOneBeforeCounts() throws IOException {
        StepFile file = again();
        file.create(bytes("order"));
        file.append(StepFile.Kind.STATE, bytes("first"));
        byte[] before = Files.readAllBytes(path);
        file.append(StepFile.Kind.STATE, bytes("second"));
        byte[] after = Files.readAllBytes(path);
        int begin = MAGIC_BYTES + 2 * HEADER_BYTES + "orderfirst".length();
        int end = begin + HEADER_BYTES + "second".length();
        for (int torn = begin; torn < end; torn++) {
            byte[] mixed = before.clone();
            System.arraycopy(after, 0, mixed, 0, torn);
            Files.write(path, mixed);
            assertThat(again().read()).as("%d bytes", torn).containsEntry(StepFile.Kind.STATE, bytes("first"));
            again().append(StepFile.Kind.STATE, bytes("third"));
            assertThat(again().read()).as("%d bytes", torn).containsEntry(StepFile.Kind.STATE, bytes("third"));
        }
    }

    @Test
    void thereIsNoStepWithoutTheFile() throws IOException {
        assertThat(again().read()).isEmpty();
    }

    @Test
    void anotherFormatIsRefusedByName() throws IOException {
        Files.writeString(path, "rota-step 9\n");
        assertThatThrownBy(() -> again().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path + " was not written by this version")
                .hasMessageContaining("move the directory away");
    }
}

package dev.rota.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.wire.journal.v1.SnapshotRecord;
import dev.rota.wire.journal.v1.StateRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots as this version and those before wrote them. */
class SnapshotFormatTest {
    private static final String SNAPSHOT = "snapshot";
    private static final String CONTENT = "content";

    private static Map<String, byte[]> golden(int format) throws IOException {
        Map<String, byte[]> samples = new LinkedHashMap<>();
        samples.put(SNAPSHOT, SnapshotCodec.encode(States.full()));
        samples.put(CONTENT, content(States.full()));
        return GoldenBytes.with(
                "snapshot/format-" + format + ".txt", Formats.of(States.full()) == format ? samples : Map.of());
    }

    private static byte[] golden(int format, String name) throws IOException {
        return Objects.requireNonNull(golden(format).get(name));
    }

    private static byte[] content(CoordinatorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StateCodec.write(state, bytes);
        return bytes.toByteArray();
    }

    /** Not the compressed bytes: another Java may compress the same content otherwise. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eachFormatIsWrittenAndReadAsEver(int format) throws IOException {
        CoordinatorState state = SnapshotCodec.decode(golden(format, SNAPSHOT));

        GoldenBytes.means("snapshot/format-" + format + "-values.txt", Map.of("state", state));
        assertThat(content(state)).isEqualTo(golden(format, CONTENT));
        SnapshotRecord written = SnapshotRecord.parseFrom(SnapshotCodec.encode(state));
        assertThat(written.getFormat()).isEqualTo(format);
        assertThat(written.getContentBytes()).isEqualTo(golden(format, CONTENT).length);
        try (InflaterInputStream content =
                new InflaterInputStream(written.getContent().newInput())) {
            assertThat(content.readAllBytes()).isEqualTo(golden(format, CONTENT));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fieldsOfALaterVersionArePassedOver(int format) throws IOException {
        byte[] content =
                LaterVersion.of(StateRecord.parseFrom(golden(format, CONTENT))).toByteArray();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(content);
        }
        SnapshotRecord later = SnapshotRecord.newBuilder()
                .setFormat(format)
                .setContentBytes(content.length)
                .setContent(ByteString.copyFrom(compressed.toByteArray()))
                .build();

        assertThat(SnapshotCodec.decode(LaterVersion.of(later).toByteArray()))
                .isEqualTo(SnapshotCodec.decode(golden(format, SNAPSHOT)));
    }
}

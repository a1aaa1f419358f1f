package dev.rota.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Messages as the first version wrote them. {@code -Dgolden.rewrite=true} adds messages the files do not have; what they have stays as it
 * is.
 */
class WireGoldenTest {
    private static final TextFormat.Printer TEXT = TextFormat.printer();

    private interface Check {
        void check(Descriptor now, Descriptor then, WireExamples.Example example) throws Exception;
    }

    private static Path file(FileDescriptor file) {
        return Path.of("src", "test", "resources", "golden", "wire", file.getPackage() + ".txt");
    }

    private static void each(Check check) throws Exception {
        for (FileDescriptor file : WireFiles.all()) {
            FileDescriptor then = GoldenDescriptors.reader(GoldenDescriptors.read(CompatibilityTest.file(file)));
            for (Map.Entry<String, WireExamples.Example> e :
                    WireExamples.read(file(file)).entrySet()) {
                check.check(type(file, e.getKey()), type(then, e.getKey()), e.getValue());
            }
        }
    }

    private static Descriptor type(FileDescriptor file, String example) {
        String name = example.substring(file.getPackage().length() + 1).replaceAll("/.*", "");
        return Objects.requireNonNull(file.findMessageTypeByName(name), () -> "no message " + example);
    }

    private static String known(Message none, byte[] bytes) throws InvalidProtocolBufferException {
        return TEXT.printToString(
                DiscardUnknownFieldsParser.wrap(none.getParserForType()).parseFrom(bytes));
    }

    @Test
    void everyMessageHasAnExample() throws Exception {
        for (FileDescriptor file : WireFiles.all()) {
            Map<String, WireExamples.Example> all = WireExamples.read(file(file));
            Map<String, DynamicMessage> filled = new LinkedHashMap<>();
            file.getMessageTypes().forEach(type -> filled.putAll(Filled.of(type)));
            if (Boolean.getBoolean("golden.rewrite")) {
                filled.forEach((name, m) -> all.putIfAbsent(name, new WireExamples.Example(m)));
                WireExamples.write(file(file), all);
            }
            assertThat(all.keySet())
                    .as("%s; -Dgolden.rewrite=true adds to it", file(file))
                    .containsAll(filled.keySet());
        }
    }

    @Test
    void whatTheFirstVersionWroteIsRead() throws Exception {
        each((now, then, example) -> assertThat(TEXT.printToString(WireFiles.read(now, example.bytes())))
                .as(now.getFullName())
                .isEqualTo(example.text()));
    }

    @Test
    void whatIsWrittenTheFirstVersionReads() throws Exception {
        each((now, then, example) -> {
            Message written = WireFiles.read(now, example.bytes());
            assertThat(TEXT.printToString(DynamicMessage.parseFrom(then, written.toByteArray())))
                    .as(now.getFullName())
                    .isEqualTo(example.text());
        });
    }

    @Test
    void whatALaterVersionAddsIsPassedOver() throws Exception {
        each((now, then, example) -> {
            Message read = WireFiles.read(now, example.bytes());
            byte[] later = LaterVersion.of(read).toByteArray();
            assertThat(later).hasSizeGreaterThan(example.bytes().length);
            assertThat(known(read, later)).as(now.getFullName()).isEqualTo(example.text());
        });
    }

    /** Fields that were added since the descriptors were stored are unknown to the version before; it reads all the others. */
    @Test
    void theVersionBeforeReadsWhatThisOneFillsIn() throws Exception {
        for (FileDescriptor file : WireFiles.all()) {
            FileDescriptor then = GoldenDescriptors.reader(GoldenDescriptors.read(CompatibilityTest.file(file)));
            for (Descriptor before : then.getMessageTypes()) {
                Map<String, DynamicMessage> written = Filled.of(type(file, before.getFullName()));
                Filled.of(before).forEach((name, expected) -> {
                    try {
                        Message now = Objects.requireNonNull(written.get(name));
                        assertThat(known(expected.getDefaultInstanceForType(), now.toByteArray()))
                                .as(name)
                                .isEqualTo(TEXT.printToString(expected));
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(name, e);
                    }
                });
            }
        }
    }
}

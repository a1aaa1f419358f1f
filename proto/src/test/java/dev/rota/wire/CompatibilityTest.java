package dev.rota.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ReservedRange;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** {@code -Dgolden.rewrite=true} stores descriptors that have more than the stored ones, never such as break a rule. */
class CompatibilityTest {
    static Path file(FileDescriptor file) {
        return Path.of("src", "test", "resources", "golden", "wire", file.getPackage() + ".descriptor.txt");
    }

    @Test
    void theContractsOnlyGrow() throws IOException {
        for (FileDescriptor file : WireFiles.all()) {
            Path stored = file(file);
            if (Files.exists(stored)) {
                assertThat(Compatibility.broken(GoldenDescriptors.read(stored), file.toProto()))
                        .as("what %s does not allow", stored)
                        .isEmpty();
            }
            String now = GoldenDescriptors.text(file.toProto());
            if (Boolean.getBoolean("golden.rewrite")) {
                Files.createDirectories(stored.toAbsolutePath().getParent());
                Files.writeString(stored, now);
            }
            assertThat(stored).as("-Dgolden.rewrite=true writes it").exists();
            assertThat(now)
                    .as("%s; what was added is stored with -Dgolden.rewrite=true", stored)
                    .isEqualTo(Files.readString(stored));
            assertThat(GoldenDescriptors.read(stored)).isEqualTo(file.toProto());
        }
    }

    @Test
    void aFieldMayBeAddedOrGoWhenItIsReserved() {
        changed(m -> m.addField(field("colour", 3, FieldDescriptorProto.Type.TYPE_STRING)), "");
        changed(
                m -> m.removeField(1)
                        .addReservedRange(ReservedRange.newBuilder().setStart(2).setEnd(3))
                        .addReservedName("size"),
                "");
    }

    @Test
    void everythingElseIsNamed() {
        changed(m -> m.removeField(1), "p.Box.size was removed: reserve its number 2 and its name");
        changed(
                m -> m.removeField(1)
                        .addReservedRange(ReservedRange.newBuilder().setStart(2).setEnd(3)),
                "p.Box.size was removed: reserve its number 2 and its name");
        changed(
                m -> m.setField(1, field("weight", 2, FieldDescriptorProto.Type.TYPE_INT64)),
                "p.Box.size has number 2, which weight uses now");
        changed(
                m -> m.setField(1, field("size", 2, FieldDescriptorProto.Type.TYPE_STRING)),
                "p.Box.size changed its type from TYPE_INT64 to TYPE_STRING");
        changed(
                m -> m.setField(
                        1,
                        field("size", 2, FieldDescriptorProto.Type.TYPE_INT64)
                                .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)),
                "p.Box.size changed how often it may be there");
        changed(
                m -> m.clearReservedRange().addField(field("old", 9, FieldDescriptorProto.Type.TYPE_STRING)),
                "p.Box: number 9 was reserved and no longer is");
        changed(m -> m.setName("Crate"), "message p.Box was removed");
    }

    private static void changed(UnaryOperator<DescriptorProto.Builder> change, String expected) {
        DescriptorProto.Builder box = DescriptorProto.newBuilder()
                .setName("Box")
                .addField(field("name", 1, FieldDescriptorProto.Type.TYPE_STRING))
                .addField(field("size", 2, FieldDescriptorProto.Type.TYPE_INT64))
                .addReservedRange(ReservedRange.newBuilder().setStart(9).setEnd(10));
        FileDescriptorProto before = file(box.build());
        FileDescriptorProto after = file(change.apply(box).build());
        assertThat(String.join("\n", Compatibility.broken(before, after))).isEqualTo(expected);
    }

    private static FileDescriptorProto file(DescriptorProto message) {
        return FileDescriptorProto.newBuilder()
                .setPackage("p")
                .addMessageType(message)
                .build();
    }

    private static FieldDescriptorProto.Builder field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }
}

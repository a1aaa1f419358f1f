package dev.rota.wire;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Descriptors as they were when they were stored: text in the form of Protocol Buffers, one field a line. */
final class GoldenDescriptors {
    private static final int BLOCK_DEPTH = 1;

    private GoldenDescriptors() {}

    static FileDescriptorProto read(Path file) throws IOException {
        FileDescriptorProto.Builder b = FileDescriptorProto.newBuilder();
        TextFormat.merge(Files.readString(file), b);
        return b.build();
    }

    /** A reader of messages as they were. */
    static FileDescriptor reader(FileDescriptorProto stored) throws DescriptorValidationException {
        FileDescriptor[] known = stored.getDependencyCount() == 0
                ? new FileDescriptor[0]
                : new FileDescriptor[] {Timestamp.getDescriptor().getFile()};
        return FileDescriptor.buildFrom(stored, known);
    }

    static String text(FileDescriptorProto file) {
        StringBuilder text = new StringBuilder();
        append(file, 0, text);
        return text.toString();
    }

    private static void append(Message m, int depth, StringBuilder to) {
        for (Map.Entry<FieldDescriptor, Object> e : m.getAllFields().entrySet()) {
            List<?> values = e.getKey().isRepeated() ? (List<?>) e.getValue() : List.of(e.getValue());
            values.forEach(v -> append(e.getKey(), v, depth, to));
        }
    }

    private static void append(FieldDescriptor field, Object value, int depth, StringBuilder to) {
        to.append("  ".repeat(depth)).append(field.getName());
        if (!(value instanceof Message m)) {
            to.append(": ").append(scalar(field, value)).append('\n');
        } else if (depth < BLOCK_DEPTH) {
            to.append(" {\n");
            append(m, depth + 1, to);
            to.append("  ".repeat(depth)).append("}\n");
        } else {
            String line = TextFormat.printer().emittingSingleLine(true).printToString(m);
            to.append(" { ").append(line).append(line.isEmpty() ? "}\n" : " }\n");
        }
    }

    private static String scalar(FieldDescriptor field, Object value) {
        StringBuilder text = new StringBuilder();
        try {
            TextFormat.printer().printFieldValue(field, value, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}

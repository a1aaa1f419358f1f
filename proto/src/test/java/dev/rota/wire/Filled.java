package dev.rota.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages with a value in every field that depends on nothing but the field. */
final class Filled {
    private static final int DEEPEST = 5;

    private Filled() {}

    /** By name: the message, and for each further field of a oneof one that has it set, {@code name/field}. */
    static Map<String, DynamicMessage> of(Descriptor type) {
        Map<String, DynamicMessage> all = new LinkedHashMap<>();
        all.put(type.getFullName(), message(type, 0));
        for (OneofDescriptor oneof : type.getRealOneofs()) {
            for (FieldDescriptor other : oneof.getFields().subList(1, oneof.getFieldCount())) {
                all.put(
                        type.getFullName() + "/" + other.getName(),
                        message(type, 0).toBuilder()
                                .setField(other, value(other, 0))
                                .build());
            }
        }
        return all;
    }

    private static DynamicMessage message(Descriptor type, int depth) {
        DynamicMessage.Builder b = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            OneofDescriptor oneof = field.getRealContainingOneof();
            if (depth < DEEPEST && (oneof == null || oneof.getField(0).equals(field))) {
                b.setField(field, field.isRepeated() ? List.of(value(field, depth)) : value(field, depth));
            }
        }
        return b.build();
    }

    private static Object value(FieldDescriptor field, int depth) {
        int number = field.getNumber();
        return switch (field.getJavaType()) {
            case STRING -> field.getName() + number;
            case INT -> 1000 + number;
            case LONG -> 10_000_000_000L + number;
            case BOOLEAN -> true;
            case DOUBLE -> number + 0.5;
            case FLOAT -> number + 0.5f;
            case BYTE_STRING -> ByteString.copyFromUtf8(field.getName());
            case ENUM -> field.getEnumType().getValues().get(1);
            case MESSAGE -> message(field.getMessageType(), depth + 1);
        };
    }
}

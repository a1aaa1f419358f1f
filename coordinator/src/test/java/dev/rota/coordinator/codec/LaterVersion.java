package dev.rota.coordinator.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a later version may write: every message, however deep, has fields of every wire type that this version does not know. */
final class LaterVersion {
    private static final int FIRST_UNKNOWN = 100_000;

    private LaterVersion() {}

    static Message of(Message m) {
        Message.Builder b = m.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> e : m.getAllFields().entrySet()) {
            FieldDescriptor field = e.getKey();
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isMapField()) {
                continue;
            }
            if (field.isRepeated()) {
                List<Message> all = new ArrayList<>();
                ((List<?>) e.getValue()).forEach(v -> all.add(of((Message) v)));
                b.setField(field, all);
            } else {
                b.setField(field, of((Message) e.getValue()));
            }
        }
        return b.setUnknownFields(unknown()).build();
    }

    private static UnknownFieldSet unknown() {
        return UnknownFieldSet.newBuilder()
                .addField(FIRST_UNKNOWN, field().addVarint(7).build())
                .addField(FIRST_UNKNOWN + 1, field().addFixed32(7).build())
                .addField(FIRST_UNKNOWN + 2, field().addFixed64(7).build())
                .addField(
                        FIRST_UNKNOWN + 3,
                        field().addLengthDelimited(ByteString.copyFromUtf8("later"))
                                .build())
                .build();
    }

    private static UnknownFieldSet.Field.Builder field() {
        return UnknownFieldSet.Field.newBuilder();
    }
}

package dev.rota.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.journal.v1.EntryRecord;
import dev.rota.wire.operator.v1.Status;
import dev.rota.wire.peer.v1.HoldRequest;
import java.util.List;

/** The contracts as they are compiled. */
final class WireFiles {
    private WireFiles() {}

    static List<FileDescriptor> all() {
        return List.of(
                Hello.getDescriptor().getFile(),
                Status.getDescriptor().getFile(),
                EntryRecord.getDescriptor().getFile(),
                HoldRequest.getDescriptor().getFile());
    }

    /** Reads bytes with the compiled class of a message. */
    static Message read(Descriptor type, byte[] bytes)
            throws ReflectiveOperationException, InvalidProtocolBufferException {
        String name = type.getFile().getOptions().getJavaPackage() + "." + type.getName();
        Message none =
                (Message) Class.forName(name).getMethod("getDefaultInstance").invoke(null);
        return none.getParserForType().parseFrom(bytes);
    }
}

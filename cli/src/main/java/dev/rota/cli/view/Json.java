package dev.rota.cli.view;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/** Messages of the contract in the canonical JSON form of Protocol Buffers; fields with their default value are always there. */
public final class Json {
    private static final JsonFormat.Printer DOCUMENT = JsonFormat.printer().alwaysPrintFieldsWithNoPresence();
    private static final JsonFormat.Printer LINE = DOCUMENT.omittingInsignificantWhitespace();

    private Json() {}

    /** One indented document, ended by a line feed. */
    public static String document(MessageOrBuilder message) {
        return print(DOCUMENT, message);
    }

    /** One document on one line, ended by a line feed. */
    public static String line(MessageOrBuilder message) {
        return print(LINE, message);
    }

    private static String print(JsonFormat.Printer printer, MessageOrBuilder message) {
        try {
            return printer.print(message) + "\n";
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("message of the coordinator has no JSON form", e);
        }
    }
}

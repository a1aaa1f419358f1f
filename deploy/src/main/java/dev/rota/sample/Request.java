package dev.rota.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What members send each other: one byte for the kind, then its body. */
final class Request {
    private final Kind kind;
    private final byte[] body;

    private Request(Kind kind, byte[] body) {
        this.kind = kind;
        this.body = body;
    }

    Kind kind() {
        return kind;
    }

    byte[] body() {
        return body.clone();
    }

    /** Kinds of messages; the codes are on the wire between releases and are never used anew. */
    enum Kind {
        /** Take over these entries. */
        APPLY(1),
        /** I have come: answer when you see me; from then on I get every write. */
        HELLO(2),
        /** Give me all entries. */
        SNAPSHOT(3),
        /** Leave the cluster, erase your data and end; the body says who asks. */
        LEAVE(4);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        static Kind of(byte code) throws IOException {
            return Arrays.stream(values())
                    .filter(k -> k.code == code)
                    .findFirst()
                    .orElseThrow(() -> new IOException("a member sent a message of unknown kind " + code));
        }
    }

    static byte[] of(Kind kind, byte[] body) {
        byte[] bytes = new byte[body.length + 1];
        bytes[0] = kind.code;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }

    static byte[] of(Kind kind, String body) {
        return of(kind, bytes(body));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static Request read(byte[] bytes) throws IOException {
        return new Request(Kind.of(bytes[0]), Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    String text() {
        return text(body);
    }
}

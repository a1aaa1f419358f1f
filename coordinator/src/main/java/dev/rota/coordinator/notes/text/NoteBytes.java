package dev.rota.coordinator.notes.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The bytes of a file as a note: UTF-8, or UTF-16 with a byte order mark. Nothing is replaced or guessed. */
public final class NoteBytes {
    /** Larger files are no notes; the largest real one is under one megabyte. */
    public static final int MAX_BYTES = 32 << 20;

    private NoteBytes() {}

    /** Decodes a file. */
    public static Note decode(String path, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return new Note.Unreadable(path, "is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        Charset charset = StandardCharsets.UTF_8;
        int skip = 0;
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            skip = 3;
        } else if (startsWith(bytes, 0xFE, 0xFF)) {
            charset = StandardCharsets.UTF_16BE;
            skip = 2;
        } else if (startsWith(bytes, 0xFF, 0xFE)) {
            charset = StandardCharsets.UTF_16LE;
            skip = 2;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, skip, bytes.length - skip);
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
            return check(path, text);
        } catch (CharacterCodingException e) {
            return new Note.Unreadable(
                    path,
                    "is not " + charset.name() + " text (" + e.getMessage() + " at byte " + in.position()
                            + "): save it as UTF-8");
        }
    }

    private static Note check(String path, String text) {
        if (text.isBlank()) {
            return new Note.Unreadable(path, "is empty");
        }
        int control = text.indexOf('\0');
        if (control >= 0) {
            return new Note.Unreadable(path, "is not a text file (a zero byte at character " + control + ")");
        }
        return Source.of(path, text);
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}

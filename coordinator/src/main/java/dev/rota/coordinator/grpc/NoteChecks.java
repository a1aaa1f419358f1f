package dev.rota.coordinator.grpc;

import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.wire.operator.v1.NoteFile;
import java.util.List;
import java.util.Locale;

/** The bounds of a note as its wire contract states them. */
final class NoteChecks {
    private static final List<String> ENDINGS = List.of(".md", ".rst", ".txt");
    private static final int SHA_256_DIGITS = 64;

    private NoteChecks() {}

    static void check(NoteFile note) throws Refusal {
        String path = note.getPath();
        Requests.text("a path", path, NoteRef.MAX_PATH);
        if (path.isEmpty()
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl)
                || List.of(path.split("/", -1)).stream().anyMatch(NoteChecks::leadsElsewhere)) {
            throw Requests.usage("'" + path + "' is not a path inside a folder, names separated by /");
        }
        if (ENDINGS.stream().noneMatch(path.toLowerCase(Locale.ROOT)::endsWith)) {
            throw Requests.usage(
                    "note " + path + " is none: its name must end with one of " + String.join(", ", ENDINGS));
        }
        long size = note.getSizeBytes();
        if (size == 0) {
            throw new Refusal(Refusal.Kind.USAGE, "NOTE_NOT_TEXT", "note " + path + " is empty");
        }
        if (size < 0 || size > NoteRef.MAX_BYTES) {
            throw new Refusal(
                    Refusal.Kind.USAGE,
                    "NOTE_TOO_LARGE",
                    "note " + path + " has " + Long.toUnsignedString(size) + " bytes, at most " + NoteRef.MAX_BYTES
                            + " are taken");
        }
        if (note.getSha256().length() != SHA_256_DIGITS) {
            throw Requests.usage("note " + path + " has no SHA-256");
        }
    }

    private static boolean leadsElsewhere(String name) {
        return name.isBlank() || name.equals(".") || name.equals("..");
    }
}

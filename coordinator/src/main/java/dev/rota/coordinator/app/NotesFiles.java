package dev.rota.coordinator.app;

import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.NoteBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of notes, at most as much of each as a note may have. */
final class NotesFiles {
    private NotesFiles() {}

    /** The notes at these paths, under the names they were given. */
    static List<Note> read(List<Path> files) throws IOException {
        List<Note> notes = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(file + " is not a file: give the notes to read");
            }
            notes.add(read(file, file.toString()));
        }
        return notes;
    }

    /** One note, under a name. */
    static Note read(Path file, String name) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return NoteBytes.decode(name, in.readNBytes(NoteBytes.MAX_BYTES + 1));
        }
    }
}

package dev.rota.demo.ejabberd;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Short notes on what each ejabberd release changes, in a directory for each release as ejabberd's own are. */
final class ReleaseNotes {
    /** The releases after the installed one, up to the newest the cluster can be upgraded to; none is left out. */
    static final List<String> VERSIONS = List.of("23.04", "23.10", "24.02", "24.06", "24.07", "24.10", "24.12");

    private ReleaseNotes() {}

    /** Writes the notes of all releases below that directory. */
    static void write(Path directory) throws IOException {
        for (String version : VERSIONS) {
            String name = version + "/upgrade.md";
            Files.createDirectories(directory.resolve(version));
            try (InputStream note = ReleaseNotes.class.getResourceAsStream("notes/" + name)) {
                if (note == null) {
                    throw new FileNotFoundException("the release note " + name + " is not in this program");
                }
                Files.copy(note, directory.resolve(name));
            }
        }
    }
}

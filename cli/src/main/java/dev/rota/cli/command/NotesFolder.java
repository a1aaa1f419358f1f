package dev.rota.cli.command;

import dev.rota.cli.client.LocalNote;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.wire.operator.v1.NoteFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files of notes as they are found on this machine.
 *
 * @param notes by the path they get
 * @param skipped paths of files that are no notes, sorted
 */
record NotesFolder(List<LocalNote> notes, List<String> skipped) {
    /** The contract's limits. */
    static final int MAX_NOTES = 2000;

    private static final long MAX_BYTES = 10 << 20;
    private static final List<String> ENDINGS = List.of(".md", ".rst", ".txt");
    /** Files a folder may have before it is taken for the wrong one. */
    private static final int MAX_FILES = 100_000;

    /** All files of a folder and the folders in it, but for hidden ones and links. */
    static NotesFolder read(Path folder) throws IOException {
        SortedMap<String, Path> found = new TreeMap<>();
        Set<String> skipped = new TreeSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return !directory.equals(folder) && hidden(directory)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (attributes.isRegularFile() && attributes.size() > 0 && !hidden(file) && note(path)) {
                    found.put(path, file);
                } else {
                    skipped.add(path);
                }
                if (found.size() + skipped.size() > MAX_FILES) {
                    throw usage(folder + " has more than " + MAX_FILES + " files: give the folder of the notes");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (found.size() > MAX_NOTES) {
            throw usage(folder + " has " + found.size() + " notes, a product may have " + MAX_NOTES
                    + ": import only what speaks of upgrades");
        }
        return new NotesFolder(describe(found), List.copyOf(skipped));
    }

    /** Notes that came with a release: they are kept under its version, so that those of another one do not take their place. */
    static List<LocalNote> of(String version, List<Path> files) throws IOException {
        SortedMap<String, Path> named = new TreeMap<>();
        for (Path file : files) {
            Path name = file.toAbsolutePath().normalize().getFileName();
            if (name == null || !Files.isRegularFile(file)) {
                throw usage("--notes " + file + (Files.exists(file) ? " is not a regular file" : " does not exist"));
            }
            if (!note(name.toString())) {
                throw usage("--notes " + file + " is no note: its name must end with " + String.join(", ", ENDINGS));
            }
            if (Files.size(file) == 0) {
                throw usage("--notes " + file + " is empty");
            }
            if (named.put(version + "/" + name, file) != null) {
                throw usage("--notes " + file + ": there is another note of that name");
            }
        }
        return describe(named);
    }

    private static List<LocalNote> describe(SortedMap<String, Path> files) throws IOException {
        List<LocalNote> notes = new ArrayList<>();
        for (var entry : files.entrySet()) {
            Path file = entry.getValue();
            if (Files.size(file) > MAX_BYTES) {
                throw usage(file + " has " + Files.size(file) + " bytes, a note may have " + MAX_BYTES);
            }
            if (!Files.isReadable(file)) {
                throw usage(file + " is not readable");
            }
            Artifact content = Artifact.read(file, bytes -> {});
            notes.add(new LocalNote(
                    NoteFile.newBuilder()
                            .setPath(entry.getKey())
                            .setSizeBytes(content.size())
                            .setSha256(content.sha256())
                            .build(),
                    file));
        }
        return List.copyOf(notes);
    }

    private static boolean note(String path) {
        return ENDINGS.stream().anyMatch(path.toLowerCase(Locale.ROOT)::endsWith);
    }

    private static boolean hidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    private static CommandFailure usage(String sentence) {
        return CommandFailure.of(ExitCode.USAGE, sentence);
    }
}

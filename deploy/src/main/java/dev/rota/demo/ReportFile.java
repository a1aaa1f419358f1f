package dev.rota.demo;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the figures go. */
final class ReportFile {
    private ReportFile() {}

    /**
     * Makes sure that the report can be written, before a whole upgrade is made for it; what is in the file stays.
     *
     * @throws Options.Misuse naming the option, the file and the reason
     */
    static void check(Path file) throws Options.Misuse {
        Path directory = file.toAbsolutePath().normalize().getParent();
        if (Files.isDirectory(file)) {
            throw cannot(file, "it is a directory");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw cannot(file, "there is no directory " + directory);
        }
        boolean there = Files.exists(file);
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (!there) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw cannot(
                    file, e instanceof AccessDeniedException ? "this user may not" : String.valueOf(e.getMessage()));
        }
    }

    private static Options.Misuse cannot(Path file, String why) {
        return new Options.Misuse("--report " + file + " cannot be written: " + why);
    }
}

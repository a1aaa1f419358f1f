package dev.rota.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** Runs {@code notes evaluate}. */
public final class NotesAnswers {
    private NotesAnswers() {}

    /** The fields of each line. */
    public static List<String[]> of(Path rows, Path root) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = {"notes", "evaluate", "--rows", rows.toString(), "--root", root.toString()};
        int exit = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
        assertThat(exit).as(err.toString()).isZero();
        return out.toString().lines().map(line -> line.split("\t", -1)).toList();
    }
}

package dev.rota.cli.command;

import dev.rota.cli.client.Download;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the artifact of a release is: exactly one of the two. */
final class ArtifactSource {
    @Option(names = "--file", paramLabel = "FILE", description = "The artifact.")
    @Nullable Path file;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The artifact's http or https address; it is fetched and verified here. Needs --sha256.")
    @Nullable String url;

    /** Finds what cannot be sent before anything is. */
    void check() throws IOException {
        if (url != null) {
            try {
                Download.url(url);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.of(ExitCode.USAGE, "--url: " + e.getMessage());
            }
        }
        String wrong = file == null ? "" : wrong(file);
        if (!wrong.isEmpty()) {
            throw CommandFailure.of(ExitCode.USAGE, "--file " + file + " " + wrong);
        }
    }

    private static String wrong(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "does not exist";
        } else if (!Files.isRegularFile(file)) {
            return "is not a regular file";
        } else if (!Files.isReadable(file)) {
            return "is not readable";
        }
        return Files.size(file) == 0 ? "is empty" : "";
    }

    /** Something done with a local file. */
    interface Use<T> {
        T of(Path file, String name) throws IOException, InterruptedException;
    }

    /** Has the artifact as a local file for as long as it is used; what was fetched is removed afterwards. */
    <T> T with(Progress progress, Use<T> use) throws IOException, InterruptedException {
        if (url == null) {
            Path local = file == null ? Path.of("") : file;
            return use.of(
                    local, local.toAbsolutePath().normalize().getFileName().toString());
        }
        URI from = Download.url(url);
        Path temporary = Files.createTempFile("rota-", ".part");
        try {
            Download.fetch(from, temporary, size -> progress.of("fetching", size));
            return use.of(temporary, Download.fileName(from));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}

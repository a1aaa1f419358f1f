package dev.rota.chaos;

import dev.rota.demo.ejabberd.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stands in for the nodes' ejabberdctl: hands everything on to it, unless it was told to do something else for one of its commands, as
 * ejabberdctl has been seen to do.
 */
final class Lies {
    private static final String SCRIPT = """
            #!/bin/sh
            # The node's ejabberdctl; a file here that is named after one of the words is done first, and may end it.
            real='%s'
            here='%s'
            for word in "$@"; do
              case $word in
                */*) ;;
                *) if [ -e "$here/$word" ]; then . "$here/$word"; fi ;;
              esac
            done
            exec "$real" "$@"
            """;
    private static final String NAME = "ctl.sh";

    private final Path directory;

    Lies(Path directory) {
        this.directory = directory;
    }

    /** Writes the program that stands in for a node's ejabberdctl; returns where it is. */
    Path make(Node node) {
        Path here = directory.resolve(node.name());
        Path script = here.resolve(NAME);
        try {
            Files.createDirectories(here);
            Files.writeString(script, SCRIPT.formatted(node.control(), here));
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + script + ": " + e.getMessage(), e);
        }
        if (!script.toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot make " + script + " executable");
        }
        return script;
    }

    /** From now on these lines of shell come before the command on that node; {@code $real} is the true ejabberdctl. */
    void tell(Node node, String command, String lines) throws IOException {
        Files.writeString(directory.resolve(node.name()).resolve(command), lines + "\n");
    }

    /** The command is true again on all those nodes. */
    void tellTruth(List<Node> nodes) throws IOException {
        for (Node node : nodes) {
            Path here = directory.resolve(node.name());
            try (Stream<Path> files = Files.list(here)) {
                for (Path file : files.toList()) {
                    if (!file.endsWith(NAME)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }
}

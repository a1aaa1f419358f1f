package dev.rota.agent.exec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A command to run without a shell.
 *
 * @param argv program and arguments, passed on exactly as they are
 * @param environment variables on top of {@link Environment}
 * @param directory working directory; default {@code /}
 * @param stdin standard input; empty: nothing to read
 * @param user system user to run as, when the agent is root
 */
public record CommandLine(
        List<String> argv,
        Map<String, String> environment,
        Optional<String> directory,
        Optional<String> stdin,
        RunAs user) {

    /** Copies the lists; refuses an empty command. */
    public CommandLine {
        argv = List.copyOf(argv);
        environment = Map.copyOf(new TreeMap<>(environment));
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    /** The command as a reader would type it, for messages; at most 200 characters. */
    public String text() {
        String text = String.join(" ", argv);
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }

    /** A working directory that always exists. */
    String workingDirectory() {
        return directory.orElse("/");
    }
}

package dev.rota.contract.yaml;

import java.util.List;

/** A file that cannot be used as it is. The message lists every problem, one per line, each as {@code file:line:column: what}. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A file with one problem. */
    public ConfigException(String at, String message) {
        this(List.of(at + ": " + message));
    }

    /** A file that could not be read at all. */
    public ConfigException(String at, String message, Throwable cause) {
        super(at + ": " + message, cause);
    }

    /** Several files, each with its problems. */
    public static ConfigException ofAll(List<ConfigException> files) {
        return new ConfigException(
                files.stream().map(file -> String.valueOf(file.getMessage())).toList());
    }

    ConfigException(List<String> lines) {
        super(String.join("\n", lines));
    }
}

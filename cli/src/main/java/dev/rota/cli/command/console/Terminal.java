package dev.rota.cli.command.console;

/**
 * What standard output is.
 *
 * @param interactive whether a person looks at it: a terminal, not a file or a pipe
 * @param columns its width
 * @param rows its height
 */
public record Terminal(boolean interactive, int columns, int rows) {
    /** Not a terminal. */
    public static final Terminal NONE = new Terminal(false, 80, 24);
}

package dev.rota.cli.client;

import dev.rota.wire.operator.v1.NoteFile;
import java.nio.file.Path;

/**
 * A file of notes that is to be sent.
 *
 * @param description what the coordinator is told of it
 * @param file where it is
 */
public record LocalNote(NoteFile description, Path file) {}

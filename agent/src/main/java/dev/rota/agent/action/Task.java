package dev.rota.agent.action;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * One action of a step, as handed to the class that carries it out.
 *
 * @param directory the action's own directory inside the job directory; may not exist yet
 * @param output takes what a person may want to see while the action runs
 */
public record Task(Context context, Path directory, Deadline deadline, Consumer<String> output) {}

package dev.rota.agent.action;

import dev.rota.agent.exec.CommandLine;
import dev.rota.agent.exec.RunAs;
import dev.rota.agent.file.Space;
import dev.rota.contract.Recipe;
import dev.rota.contract.Work;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What all actions and questions of one step, or of one observation, share.
 *
 * @param values what the recipe's templates stand for
 * @param user who commands run as
 * @param artifact the release's artifact, if the step has one
 * @param keepBytes how much of a command's output to keep from the start, and again from the end
 * @param diskFloorBytes what must stay free
 */
public record Context(
        Recipe recipe,
        Expansion values,
        RunAs user,
        Places places,
        Optional<ArtifactRef> artifact,
        ArtifactSource source,
        long keepBytes,
        long diskFloorBytes,
        Clock clock) {

    /** The command line of an expanded run action: the recipe's environment, then the action's own. */
    CommandLine commandLine(Work.Run run) {
        Map<String, String> environment = environment();
        environment.putAll(run.environment());
        return new CommandLine(run.command(), environment, run.directory(), run.stdin(), user);
    }

    /** The recipe's environment with its values. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        recipe.environment().forEach((name, value) -> environment.put(name, values.text(value)));
        return environment;
    }

    /** Guards what is written below a path. */
    Space space(Path path) {
        return new Space(path, diskFloorBytes);
    }
}

package dev.rota.agent.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes whole file systems to the disk: one call for a tree of thousands of files, where one for each file would take seconds. */
public final class FileSystems {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private FileSystems() {}

    /**
     * Makes everything written so far below a path durable.
     *
     * @throws IOException if that fails or takes longer than five minutes
     */
    public static void sync(Path path) throws IOException, InterruptedException {
        CommandLine command = new CommandLine(
                List.of("sync", "-f", path.toString()), Map.of(), Optional.empty(), Optional.empty(), RunAs.self());
        Commands.Result result = Commands.run(command, LIMIT);
        if (result.timedOut() || result.exit() != 0) {
            throw new IOException("cannot write " + path + " to the disk: "
                    + (result.timedOut()
                            ? "not done after 5 minutes"
                            : result.output().strip()));
        }
    }
}

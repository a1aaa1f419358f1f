package dev.rota.demo.ejabberd;

import dev.rota.demo.Processes;
import dev.rota.demo.ReleaseFile;
import dev.rota.demo.Site;
import dev.rota.demo.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What {@code deploy/ejabberd/prepare.sh} makes: Erlang, haproxy and the release artifacts; kept from run to run. */
final class Kit {
    /** The releases, oldest first; the cluster is made from the first. */
    static final List<String> VERSIONS = List.of("23.01", "23.04", "24.12");

    private static final int CANNOT = 77;
    private static final Duration PREPARE_WITHIN = Duration.ofMinutes(10);

    private final Path directory;
    private final Path cache;
    private final Processes processes;

    Kit(Site site) {
        this.directory = site.repository().resolve("deploy/ejabberd").toAbsolutePath();
        this.cache = site.repository().resolve("deploy/target/ejabberd").toAbsolutePath();
        this.processes = site.processes();
    }

    /**
     * Makes what is missing.
     *
     * @throws Unavailable when this platform cannot, with the reason
     */
    void prepare() throws IOException, InterruptedException, Unavailable {
        Processes.Outcome outcome = processes.run(
                List.of(directory.resolve("prepare.sh").toString(), cache.toString()),
                Map.of(),
                directory,
                PREPARE_WITHIN,
                line -> System.err.println("  " + line));
        if (outcome.exit() == CANNOT) {
            throw new Unavailable(outcome.output()
                    .lines()
                    .reduce((before, last) -> last)
                    .orElse("the platform cannot")
                    .replaceFirst("^prepare: cannot: ", ""));
        }
        outcome.orThrow("preparing ejabberd's releases");
    }

    /** Path of {@code erl}, {@code epmd} or {@code haproxy}. */
    Path program(String name) {
        return cache.resolve("runtime/bin").resolve(name);
    }

    /** The release's artifact. */
    Path artifact(String version) {
        return cache.resolve("ejabberd-" + version + ".tar.gz");
    }

    List<ReleaseFile> releases() {
        return VERSIONS.stream().map(v -> ReleaseFile.of(v, artifact(v))).toList();
    }
}

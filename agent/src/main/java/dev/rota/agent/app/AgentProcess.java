package dev.rota.agent.app;

import dev.rota.agent.action.Observer;
import dev.rota.agent.config.Settings;
import dev.rota.agent.exec.ProcessTable;
import dev.rota.agent.file.Durable;
import dev.rota.agent.job.Backups;
import dev.rota.agent.job.Contexts;
import dev.rota.agent.job.Jobs;
import dev.rota.agent.job.SelfTest;
import dev.rota.agent.job.Terms;
import dev.rota.agent.link.CoordinatorLink;
import dev.rota.agent.link.Identity;
import dev.rota.agent.link.TlsChannels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent. */
final class AgentProcess {
    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);

    private final Settings settings;
    private final TlsChannels channels;
    private final ExecutorService pool = Wiring.pool();
    private final CoordinatorLink link;
    private final Contexts contexts;
    private final Jobs jobs;

    /** Reads what an earlier run has left; connects to nothing yet. */
    AgentProcess(Settings settings) throws IOException {
        this.settings = settings;
        this.channels = new TlsChannels(
                settings.tls().ca().toFile(),
                settings.tls().cert().toFile(),
                settings.tls().key().toFile());
        Identity identity = new Identity(
                settings.node(),
                RotaAgent.Version.text(),
                settings.recipe().name(),
                settings.recipe().digest(),
                ProcessTable.bootId(),
                instance(settings.data()));
        Terms terms = new Terms(settings.data());
        this.link = new CoordinatorLink(
                identity,
                settings.coordinators(),
                channels,
                terms,
                Executors.newSingleThreadScheduledExecutor(r -> Wiring.daemon(r, "link")),
                new SplittableRandom());
        this.contexts = Wiring.contexts(settings, link.artifacts());
        this.jobs = new Jobs(
                contexts,
                terms,
                settings.limits().jobs(),
                new Backups(contexts.places(), settings.keepBackups()),
                link);
    }

    /** Made once for a data directory. */
    private static String instance(Path data) throws IOException {
        Path file = data.resolve("instance");
        Optional<String> known = Durable.readText(file).map(String::strip).filter(text -> !text.isEmpty());
        if (known.isPresent()) {
            return known.get();
        }
        String made = UUID.randomUUID().toString();
        Durable.write(file, made + "\n");
        return made;
    }

    /** Goes on with unfinished steps, or tests itself if there are none, then connects. */
    void start() throws IOException, InterruptedException {
        LOG.info(
                "node {} with recipe {} ({}), commands run as {}",
                settings.node(),
                settings.recipe().name(),
                settings.recipe().digest().substring(0, 12),
                contexts.user());
        jobs.resume();
        if (jobs.open().isEmpty()) {
            selfTest();
        }
        link.start(jobs, new Observer(contexts.observation(), pool), pool, Clock.systemUTC());
    }

    /** A host that fails is served nevertheless: on a full disk, say, products can still be stopped and started. */
    private void selfTest() throws InterruptedException {
        Instant begun = Instant.now();
        Optional<String> problem = SelfTest.run(contexts);
        if (problem.isPresent()) {
            LOG.error("this host fails the agent's self-test, and so will steps that need the same: {}", problem.get());
        } else {
            LOG.info(
                    "self-test passed in {} ms",
                    Duration.between(begun, Instant.now()).toMillis());
        }
    }

    /** Lets go of everything quickly; running commands go on by themselves. */
    void stop() {
        link.close();
        jobs.close();
        pool.shutdownNow();
        channels.close();
    }
}

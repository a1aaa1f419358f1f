package dev.rota.coordinator.app;

import dev.rota.coordinator.artifact.DirectoryArtifactStore;
import dev.rota.coordinator.check.OutsideWorld;
import dev.rota.coordinator.config.CoordinatorConfig;
import dev.rota.coordinator.grpc.AgentConnections;
import dev.rota.coordinator.grpc.AgentLinkService;
import dev.rota.coordinator.grpc.AgentLinkSettings;
import dev.rota.coordinator.grpc.GrpcServer;
import dev.rota.coordinator.grpc.OperatorService;
import dev.rota.coordinator.journal.RaftJournal;
import dev.rota.coordinator.logs.DirectoryStepLogs;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.OutsideWatch;
import dev.rota.coordinator.runtime.Addresses;
import dev.rota.coordinator.runtime.Catalogue;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.Operations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running coordinator. Nobody is served before the journal is replayed; on the way down the doors close first and the journal
 * last.
 */
public final class CoordinatorApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorApp.class);

    private final Resources resources;
    private final GrpcServer server;

    private CoordinatorApp(Resources resources, GrpcServer server) {
        this.resources = resources;
        this.server = server;
    }

    /**
     * Starts a coordinator; when this fails, nothing is left running.
     *
     * @param fatal told once when the journal has stopped for good: the process must end
     */
    public static CoordinatorApp start(CoordinatorConfig config, Consumer<Throwable> fatal)
            throws IOException, JournalException {
        Resources resources = new Resources();
        try {
            GrpcServer server = start(config, fatal, resources);
            LOG.info(
                    "coordinator {} serves on {}:{}",
                    config.name(),
                    config.listen().host(),
                    server.port());
            return new CoordinatorApp(resources, server);
        } catch (IOException | JournalException | RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static GrpcServer start(CoordinatorConfig config, Consumer<Throwable> fatal, Resources resources)
            throws IOException, JournalException {
        GrpcServer.check(ConfigOption.tls(config));
        Clock clock = () -> Instant.now().truncatedTo(ChronoUnit.MICROS);
        DirectoryArtifactStore artifacts = DirectoryArtifactStore.open(Layout.artifacts(config.data()));
        DirectoryStepLogs logs = resources.add(new DirectoryStepLogs(Layout.logs(config.data())));
        AgentConnections agents = new AgentConnections();
        RaftJournal journal = resources.add(
                new RaftJournal(Layout.journal(config.data()), config.name(), PeerSettings.peers(config)));
        OutsideWorld outside = resources.add(new OutsideWorld());
        Coordinator coordinator = resources.add(new Coordinator(
                journal,
                agents,
                config.inventory(),
                new Addresses(config.name(), PeerSettings.addresses(config)),
                config.recipes(),
                logs,
                clock,
                fatal,
                new OutsideWatch(outside, config.checks())));
        coordinator.start();

        ExecutorService watchers = Executors.newCachedThreadPool(CoordinatorApp::watcher);
        resources.add(watchers::shutdownNow);
        PeerWiring peers = PeerWiring.start(config, coordinator, artifacts, watchers, resources);
        Catalogue catalogue = peers.catalogue();
        AgentLinkSettings settings = AgentLinkSettings.of(
                config.heartbeat(), config.observe(), config.inventory().nodeCount(), Version.text());
        AgentLinkService agentLink = new AgentLinkService(
                agents, coordinator, coordinator.members(), artifacts, peers.care()::wanted, settings);
        resources.add(coordinator.handover().onLoss(agentLink::leadershipLost));
        OperatorService operators = new OperatorService(
                coordinator,
                new Operations(coordinator, peers::notes, watchers),
                catalogue,
                artifacts,
                clock,
                watchers,
                config.heartbeat(),
                config.name(),
                Version.text());
        GrpcServer server = resources.add(GrpcServer.start(
                address(config.listen()), ConfigOption.tls(config), List.of(agentLink, operators, peers.service())));
        // Closed before the server: it ends the streams the server would wait for.
        resources.add(agentLink);
        return server;
    }

    private static InetSocketAddress address(CoordinatorConfig.Listen listen) throws IOException {
        return new InetSocketAddress(InetAddress.getAllByName(listen.host())[0], listen.port());
    }

    private static Thread watcher(Runnable task) {
        Thread thread = new Thread(task, "rota-watchers");
        thread.setDaemon(true);
        return thread;
    }

    /** The port agents and operators connect to. */
    public int port() {
        return server.port();
    }

    /** Stops in order. Idempotent. */
    @Override
    public void close() {
        resources.close();
    }
}

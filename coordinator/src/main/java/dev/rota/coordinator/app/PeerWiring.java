package dev.rota.coordinator.app;

import dev.rota.coordinator.config.CoordinatorConfig;
import dev.rota.coordinator.grpc.PeerChannels;
import dev.rota.coordinator.grpc.PeerClients;
import dev.rota.coordinator.grpc.PeerService;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.runtime.ArtifactCare;
import dev.rota.coordinator.runtime.Catalogue;
import dev.rota.coordinator.runtime.Configurations;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.InventoryDigest;
import dev.rota.coordinator.runtime.MajorityCopies;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What coordinators do for each other beside the journal. For one that is alone it comes to nothing. */
record PeerWiring(Catalogue catalogue, ArtifactCare care, PeerService service) {
    private static final long LOOK_SECONDS = 1;
    private static final long COMPARE_SECONDS = 30;
    private static final Logger LOG = LoggerFactory.getLogger(PeerWiring.class);

    static PeerWiring start(
            CoordinatorConfig config,
            Coordinator coordinator,
            ArtifactStore artifacts,
            Executor transfers,
            Resources resources)
            throws IOException {
        PeerChannels channels = new PeerChannels(ConfigOption.tls(config));
        PeerClients clients = resources.add(new PeerClients(coordinator.members()::address, channels, artifacts));
        Catalogue catalogue = new Catalogue(coordinator, artifacts, new MajorityCopies(coordinator.members(), clients));
        ArtifactCare care = new ArtifactCare(coordinator, artifacts, clients, catalogue::forget);
        Configurations configurations = new Configurations(coordinator.members(), clients);
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(PeerWiring::daemon);
        resources.add(thread::shutdownNow);
        repeat(thread, care::look, LOOK_SECONDS);
        repeat(thread, configurations::look, COMPARE_SECONDS);
        PeerService service = new PeerService(
                (from, wanted) -> hold(care, clients, artifacts, from, wanted),
                transfers,
                Version.text(),
                InventoryDigest.of(config.inventory()));
        return new PeerWiring(catalogue, care, service);
    }

    private static void hold(
            ArtifactCare care, PeerClients clients, ArtifactStore artifacts, String from, List<StoredArtifact> wanted)
            throws IOException {
        care.held(wanted);
        for (StoredArtifact artifact : wanted) {
            if (artifacts.find(artifact.sha256()).isEmpty()) {
                clients.fetch(from, artifact);
            }
        }
    }

    /** The texts of a product's notes; what is not here yet is fetched first, as far as it can be had. */
    List<Note> notes(String product) {
        var missing = care.obtain(catalogue.noteBytes(product));
        if (!missing.isEmpty()) {
            LOG.warn("{} notes of {} are missing", missing.size(), product);
        }
        return catalogue.notes(product);
    }

    private static void repeat(ScheduledExecutorService thread, Runnable look, long seconds) {
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        look.run();
                    } catch (RuntimeException e) {
                        LOG.error("unexpected failure", e);
                    }
                },
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "rota-peers");
        thread.setDaemon(true);
        return thread;
    }
}

package dev.rota.cli.client;

import dev.rota.cli.ManualPacer;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Coordinators inside the test, each under the address it was given; calls are carried out on the caller's thread. */
public final class InProcess implements ClientFactory, AutoCloseable {
    private final List<Server> servers = new ArrayList<>();
    private final ManualPacer pacer = new ManualPacer();
    private final String prefix = "test-" + System.identityHashCode(this) + "-";

    /** How long calls have waited for a leader. */
    public ManualPacer pacer() {
        return pacer;
    }

    /** Starts a coordinator at an address such as {@code c1:1}; other addresses do not answer. */
    public InProcess serve(String address, BindableService service) {
        try {
            servers.add(InProcessServerBuilder.forName(prefix + address)
                    .directExecutor()
                    .addService(service)
                    .build()
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @Override
    public OperatorClient open(Target target) {
        List<String> addresses =
                target.coordinators().stream().map(Address::toString).toList();
        Endpoints endpoints = new Endpoints(
                addresses,
                target.identity().toString(),
                address -> InProcessChannelBuilder.forName(prefix + address)
                        .directExecutor()
                        .build(),
                pacer);
        return new GrpcOperatorClient(endpoints, target.timeout(), () -> {});
    }

    @Override
    public void close() {
        servers.forEach(Server::shutdownNow);
    }
}

package dev.rota.agent.link;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.concurrent.Executor;

/** Opens channels to coordinators. */
@FunctionalInterface
public interface ChannelFactory {
    /**
     * Opens a channel; connecting goes on in the background.
     *
     * @param coordinator {@code host:port}
     * @param executor runs all callbacks
     * @throws IOException if it cannot even be tried (certificate files)
     */
    ManagedChannel open(String coordinator, Executor executor) throws IOException;
}

package dev.rota.cli.client;

/** Makes the client for one command. */
@FunctionalInterface
public interface ClientFactory {
    /**
     * Opens a client; connects at its first call.
     *
     * @throws dev.rota.cli.exit.CommandFailure if the identity cannot be used
     */
    OperatorClient open(Target target);
}

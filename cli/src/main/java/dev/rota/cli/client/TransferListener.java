package dev.rota.cli.client;

/** Is told how far a transfer has come. */
@FunctionalInterface
public interface TransferListener {
    /** That many bytes of the file have been handed over; starts again from zero with another coordinator. */
    void sent(long bytes);
}

package dev.rota.cli.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Whom to call, and as whom.
 *
 * @param coordinators addresses, tried in this order; at least one
 * @param identity directory with {@code ca.pem}, {@code cert.pem} and {@code key.pem}
 * @param timeout how long one coordinator may take to answer one call
 */
public record Target(List<Address> coordinators, Path identity, Duration timeout) {
    public Target {
        coordinators = List.copyOf(coordinators);
        if (coordinators.isEmpty()) {
            throw new IllegalArgumentException("no coordinator");
        }
    }
}

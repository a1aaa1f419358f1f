package dev.rota.coordinator.grpc;

import java.nio.file.Path;

/**
 * PEM files of a coordinator.
 *
 * @param ca certificate of the authority whose certificates are accepted
 * @param certificate the own certificate
 * @param key its key, PKCS#8
 */
public record TlsFiles(Path ca, Path certificate, Path key) {}

package dev.rota.coordinator.app;

import java.nio.file.Path;

/** Where things are in the data directory. */
final class Layout {
    private Layout() {}

    static Path authority(Path data) {
        return data.resolve("ca");
    }

    static Path tls(Path data) {
        return data.resolve("tls");
    }

    static Path journal(Path data) {
        return data.resolve("journal");
    }

    static Path artifacts(Path data) {
        return data.resolve("artifacts");
    }

    static Path logs(Path data) {
        return data.resolve("logs");
    }
}

package dev.rota.coordinator.app;

/** How {@code rota-coordinator} ends. */
enum ExitCode {
    /** As asked. */
    OK(0),
    /** A fault of the coordinator or of its host. */
    INTERNAL(1),
    /** Wrong arguments, or a configuration that cannot be used. */
    USAGE(2);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}

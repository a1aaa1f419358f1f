package dev.rota.agent.app;

/** How {@code rota-agent} ends. */
enum ExitCode {
    /** As asked. */
    OK(0),
    /** A fault of the agent or of its host. */
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

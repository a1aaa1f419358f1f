package dev.rota.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Faults a test can switch on and off while the product runs: each is a file in the node's {@code fault} directory. A file that names a
 * release is there for nodes of that release only.
 */
record Faults(Path home) {
    /** {@code start} ends with exit code 3. */
    static final String START = "start";
    /** The process runs but never opens its port. */
    static final String HANG_START = "hang-start";
    /** The port is open, but no request is answered while the fault lasts. */
    static final String NEVER_ANSWER = "never-answer";
    /** The node says it is not ready, although it works. */
    static final String NOT_READY = "not-ready";
    /** Refuses to leave the cluster. */
    static final String LEAVE = "leave";
    /** Refuses to join a cluster. */
    static final String JOIN = "join";
    /** Refuses to make a backup. */
    static final String BACKUP = "backup";
    /** Ignores the order to stop and the TERM signal. */
    static final String STOP = "stop";
    /** Lists a member that does not exist. */
    static final String MEMBERS_DISAGREE = "members-disagree";
    /** {@code samplectl check} fails. */
    static final String CHECK = "check";
    /** {@code samplectl} prints 5 MB before it does what it is told. */
    static final String NOISY_CTL = "noisy-ctl";
    /** {@code samplectl} never ends. */
    static final String HANG_CTL = "hang-ctl";

    private static final long LOOK_EVERY_MS = 50;

    static Faults of(Path home) {
        return new Faults(home);
    }

    boolean on(String name) {
        Path fault = home.resolve("fault").resolve(name);
        if (!Files.exists(fault)) {
            return false;
        }
        try {
            String release = Files.readString(fault).strip();
            return release.isEmpty()
                    || release.equals(Release.in(home.resolve("current")).version());
        } catch (IOException e) {
            return Files.exists(fault);
        }
    }

    /** Returns when the fault has been switched off. */
    void waitWhile(String name) throws InterruptedException {
        while (on(name)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }
}

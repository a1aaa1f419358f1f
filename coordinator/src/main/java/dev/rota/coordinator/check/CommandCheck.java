package dev.rota.coordinator.check;

import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command of the coordinator's own configuration, as the coordinator's user, without a shell and without input. Of what it prints
 * the beginning is kept. At the end of its time it is killed with everything it started.
 */
final class CommandCheck {
    private static final int MAX_BYTES = 4096;
    private static final long LOOK_MS = 10;

    private CommandCheck() {}

    static CheckAnswer ask(Check.Run check, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        Process process;
        try {
            process = new ProcessBuilder(check.command())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            return new CheckAnswer(false, "it cannot be run: " + e.getMessage());
        }
        try {
            return answer(process, end, timeout);
        } catch (IOException e) {
            return new CheckAnswer(false, "its output cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CheckAnswer(false, "the coordinator is about to end");
        } finally {
            kill(process);
        }
    }

    /** Never waits for output: a child that outlives the command may keep it open. */
    private static CheckAnswer answer(Process process, long end, Duration timeout)
            throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        InputStream out = process.getInputStream();
        while (true) {
            boolean over = process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
            read(out, said);
            if (over) {
                int status = process.exitValue();
                return status == 0
                        ? new CheckAnswer(true, said.toString())
                        : new CheckAnswer(false, "exit status " + status + (said.isEmpty() ? "" : ": " + said));
            }
            if (System.nanoTime() - end > 0) {
                return new CheckAnswer(
                        false, "not done within " + timeout.toMillis() + " ms" + (said.isEmpty() ? "" : ": " + said));
            }
        }
    }

    private static void read(InputStream out, StringBuilder said) throws IOException {
        for (int there = out.available(); there > 0; there = out.available()) {
            byte[] bytes = out.readNBytes(Math.min(there, MAX_BYTES));
            if (said.length() < MAX_BYTES) {
                said.append(new String(bytes, StandardCharsets.UTF_8));
            }
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}

package dev.rota.agent.exec;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs short commands (questions to the product) while the caller waits. They end with their time limit, whatever they have started. */
public final class Commands {
    /** More output than this is read and dropped. */
    private static final int MAX_OUTPUT_BYTES = 256 * 1024;

    private static final int MAX_STDIN_BYTES = 64 * 1024;
    private static final long POLL_MS = 5;
    private static final int DRAIN_READS = 64;
    private static final Duration GRACE = Duration.ofMillis(200);

    private Commands() {}

    /**
     * How a command ended.
     *
     * @param exit its exit code; meaningless when it timed out
     * @param output standard output and error together, as they came
     */
    public record Result(int exit, String output, boolean timedOut) {}

    /**
     * Runs a command to its end or its time limit; then its process group is killed. What a command leaves behind in the
     * background does not delay the answer.
     *
     * @throws IOException if it cannot be started
     */
    public static Result run(CommandLine command, Duration limit) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("setsid"));
        argv.addAll(command.user().wrap(command.argv()));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(new File(command.workingDirectory()))
                .redirectErrorStream(true);
        if (command.stdin().isEmpty()) {
            builder.redirectInput(new File("/dev/null"));
        }
        Map<String, String> environment = builder.environment();
        Map<String, String> own = Environment.of(command, Map.copyOf(environment));
        environment.clear();
        environment.putAll(own);
        Process process = builder.start();
        try {
            command.stdin().ifPresent(text -> feed(process, text));
            return await(process, limit);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (OutputStream stdin = process.getOutputStream()) {
            // a pipe holds this much, so that writing cannot block on a command that does not read
            stdin.write(bytes, 0, Math.min(bytes.length, MAX_STDIN_BYTES));
        } catch (IOException e) {
            // the command ended without reading: its exit code tells
        }
    }

    private static Result await(Process process, Duration limit) throws IOException, InterruptedException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        InputStream output = process.getInputStream();
        long end = System.nanoTime() + limit.toNanos();
        boolean ended = false;
        while (!ended) {
            ended = process.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
            drain(output, kept);
            if (!ended && System.nanoTime() - end >= 0) {
                Signals.endGroup(process.pid(), GRACE);
                drain(output, kept);
                return new Result(-1, text(kept), true);
            }
        }
        return new Result(process.exitValue(), text(kept), false);
    }

    private static void drain(InputStream in, ByteArrayOutputStream kept) throws IOException {
        byte[] buffer = new byte[8192];
        // bounded, so that a command that never stops writing cannot keep this from looking at the clock
        for (int i = 0; i < DRAIN_READS && in.available() > 0; i++) {
            int n = in.read(buffer, 0, Math.min(in.available(), buffer.length));
            if (n < 0) {
                return;
            }
            kept.write(buffer, 0, Math.min(n, MAX_OUTPUT_BYTES - kept.size()));
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

package dev.rota.demo;

import dev.rota.demo.Processes.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command of {@code rota} that follows a rollout while something else is done. */
public final class Following {
    /** Exit code of a rollout that ended, but not with success. */
    public static final int ENDED_BADLY = 6;

    /** Exit code of a rollout that waits for a person. */
    public static final int HELD = 7;

    private static final List<Integer> ENDS = List.of(0, ENDED_BADLY, HELD);
    private static final int LINES_KEPT = 3;

    private final CompletableFuture<Outcome> command;

    private Following(CompletableFuture<Outcome> command) {
        this.command = command;
    }

    /** Starts the command. */
    public static Following start(Installation rota, String... words) {
        return new Following(CompletableFuture.supplyAsync(() -> {
            try {
                return rota.rota(words);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }));
    }

    /** Whether it has ended. */
    public boolean ended() {
        return command.isDone();
    }

    /**
     * Whether the rollout is held, when the command has ended; otherwise it has succeeded.
     *
     * @throws IOException when the command failed, or has not ended
     */
    public boolean held() throws IOException, InterruptedException {
        int exit = exit();
        if (exit == ENDED_BADLY) {
            throw new IOException("the rollout ended badly");
        }
        return exit == HELD;
    }

    /**
     * Exit code of the command when it has ended: 0 the rollout succeeded, 6 it ended another way, 7 it is held.
     *
     * @throws IOException when the command failed, or has not ended
     */
    public int exit() throws IOException, InterruptedException {
        try {
            Outcome outcome = command.get(0, TimeUnit.MILLISECONDS);
            if (!ENDS.contains(outcome.exit())) {
                throw new IOException("rota ended with " + outcome.exit() + ": " + lastLines(outcome.output()));
            }
            return outcome.exit();
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("rota could not be run: " + e, e);
        }
    }

    private static String lastLines(String output) {
        List<String> lines = output.lines().toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size()));
    }
}

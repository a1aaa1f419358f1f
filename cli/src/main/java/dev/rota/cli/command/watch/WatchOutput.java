package dev.rota.cli.command.watch;

import dev.rota.cli.exit.CommandFailure;
import dev.rota.wire.operator.v1.Rollout;

/** One way to show a rollout that goes on. */
interface WatchOutput extends AutoCloseable {
    /** The rollout was seen; it may be the same as the last time. */
    void seen(Rollout rollout);

    /** Time has passed. */
    void quiet();

    /** No coordinator answers; the watch goes on trying. */
    void lost(CommandFailure failure);

    /** A coordinator answers again. */
    void regained();

    /** The rollout has ended, or waits for a person. */
    void concluded(Rollout rollout);

    /** Puts the terminal right; called in any case, more than once. */
    @Override
    void close();
}

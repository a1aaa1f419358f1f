package dev.rota.cli.command.watch;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.client.Pacer;
import dev.rota.cli.client.RolloutFeed;
import dev.rota.cli.command.console.Console;
import dev.rota.cli.command.console.Interrupts;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.Ids;
import dev.rota.wire.operator.v1.Rollout;
import java.time.Duration;
import java.util.Optional;

/** Follows a rollout until it ends, needs a person, or the operator has seen enough. */
public final class RolloutWatch {
    /** A live view is redrawn at least this often, so that its clocks run. */
    private static final Duration REDRAW = Duration.ofSeconds(1);

    private final Console console;
    private final Interrupts interrupts;
    private final Pacer pacer;
    private final boolean json;

    /** @param json whether every state is written as a JSON document instead of being shown */
    public RolloutWatch(Console console, Interrupts interrupts, Pacer pacer, boolean json) {
        this.console = console;
        this.interrupts = interrupts;
        this.pacer = pacer;
        this.json = json;
    }

    /**
     * Shows the rollout from the state given until its end; the exit code says how that was.
     *
     * @throws CommandFailure if the coordinators stay away too long
     */
    public ExitCode follow(OperatorClient client, Rollout start) {
        return interrupts.guard(() -> {
            try (RolloutFeed feed = new RolloutFeed(client, start.getId(), pacer);
                    WatchOutput output = output()) {
                return follow(feed, output, start);
            } catch (CommandFailure failure) {
                throw failure.hint(goesOn(start));
            }
        });
    }

    private ExitCode follow(RolloutFeed feed, WatchOutput output, Rollout start) {
        try {
            Optional<ExitCode> end = seen(start, output);
            while (end.isEmpty()) {
                end = told(feed.next(REDRAW), output);
                if (console.abandoned()) {
                    return ExitCode.INTERRUPTED;
                }
            }
            return end.get();
        } catch (InterruptedException e) {
            output.close();
            console.note("rota: " + goesOn(start));
            return ExitCode.INTERRUPTED;
        }
    }

    private static Optional<ExitCode> told(RolloutFeed.Event event, WatchOutput output) {
        if (event instanceof RolloutFeed.Seen seen) {
            return seen(seen.rollout(), output);
        }
        if (event instanceof RolloutFeed.Lost lost) {
            output.lost(lost.failure());
        } else if (event instanceof RolloutFeed.Regained) {
            output.regained();
        } else {
            output.quiet();
        }
        return Optional.empty();
    }

    private static Optional<ExitCode> seen(Rollout rollout, WatchOutput output) {
        output.seen(rollout);
        boolean asksForPerson = rollout.getState().equals("paused") && rollout.hasHold();
        Optional<ExitCode> end = asksForPerson
                ? Optional.of(ExitCode.HELD)
                : ExitCode.ofRollout(rollout.getState(), rollout.hasEndedAt());
        if (end.isPresent()) {
            output.concluded(rollout);
        }
        return end;
    }

    private static String goesOn(Rollout rollout) {
        return "the rollout goes on: rota rollouts watch " + Ids.shown(rollout.getId());
    }

    private WatchOutput output() {
        if (json) {
            return new JsonOutput(console);
        }
        return console.terminal().interactive() ? new LiveOutput(console) : new PlainOutput(console);
    }
}

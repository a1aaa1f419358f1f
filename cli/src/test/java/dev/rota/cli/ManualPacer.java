package dev.rota.cli;

import dev.rota.cli.client.Pacer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Time that passes when someone waits. */
public final class ManualPacer implements Pacer {
    private final List<Duration> pauses = new ArrayList<>();
    private Duration uptime = Duration.ZERO;
    private IntConsumer onSleep = pauses -> {};

    @Override
    public Duration uptime() {
        return uptime;
    }

    @Override
    public void sleep(Duration time) {
        pauses.add(time);
        uptime = uptime.plus(time);
        onSleep.accept(pauses.size());
    }

    /** Does something whenever someone waits; told how often anyone has. */
    public void onSleep(IntConsumer does) {
        onSleep = does;
    }

    /** All pauses so far. */
    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}

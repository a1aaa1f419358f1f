package dev.rota.agent.action;

import java.time.Duration;

/** Words for messages. */
final class Text {
    private Text() {}

    /** A duration as the recipe would write it: {@code 60s}, {@code 1500ms}. */
    static String of(Duration duration) {
        long ms = duration.toMillis();
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}

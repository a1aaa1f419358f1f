package dev.rota.crash;

import dev.rota.demo.Coordinators;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Does the deeds, and undoes them. */
final class Deeds {
    /** Longer than the three seconds after which a silent coordinator counts as gone, and an election. */
    private static final Duration SILENCE = Duration.ofMillis(4500);

    private final Rig rig;

    Deeds(Rig rig) {
        this.rig = rig;
    }

    /** The step that waits at the point. */
    interface Release {
        /** Lets it go on. */
        void now() throws IOException;
    }

    /**
     * Does the deed to what it is about and starts again what was killed.
     *
     * @param executor node whose agent carries the step out
     * @param node node whose turn it is
     * @param leader coordinator that leads
     * @param early lets the step go on while the deed lasts, and not after it
     */
    void perform(Deed deed, String executor, String node, String leader, boolean early, Release release)
            throws IOException, InterruptedException {
        Coordinators coordinators = rig.coordinators();
        List<String> all = coordinators.names();
        switch (deed) {
            case AGENT -> {
                rig.rota().killAgent(executor);
                between(early, release, () -> rig.rota().startAgent(executor));
            }
            case LEADER -> killed(List.of(leader), early, release);
            case FOLLOWER ->
                killed(all.stream().filter(c -> !c.equals(leader)).limit(1).toList(), early, release);
            case ALL -> killed(all, early, release);
            case PRODUCT -> {
                rig.product().kill(node);
                rig.product().startAgain(node);
                release.now();
            }
            case STOPPED -> {
                coordinators.freeze(leader);
                between(early, release, () -> {
                    TimeUnit.MILLISECONDS.sleep(SILENCE.toMillis());
                    coordinators.thaw(leader);
                });
            }
            case CUT -> {
                Namespaces namespaces =
                        rig.namespaces().orElseThrow(() -> new IllegalStateException("no namespaces were made"));
                namespaces.cut(leader);
                between(early, release, () -> {
                    TimeUnit.MILLISECONDS.sleep(SILENCE.toMillis());
                    namespaces.mend(leader);
                });
            }
        }
    }

    private interface Undo {
        void now() throws IOException, InterruptedException;
    }

    private void killed(List<String> coordinators, boolean early, Release release)
            throws IOException, InterruptedException {
        for (String coordinator : coordinators) {
            rig.coordinators().kill(coordinator);
        }
        between(early, release, () -> {
            for (String coordinator : coordinators) {
                rig.coordinators().start(coordinator);
            }
        });
    }

    private static void between(boolean early, Release release, Undo undo) throws IOException, InterruptedException {
        if (early) {
            release.now();
        }
        undo.now();
        release.now();
    }
}

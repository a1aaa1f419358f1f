package dev.rota.coordinator.runtime;

import dev.rota.coordinator.rollout.MixedVersions;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.Stall;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices rollouts that do not move and clusters that run two versions for too long, and says so once in the log and to whoever watches.
 * Used by the loop's thread only.
 */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final Predicate<String> connected;
    private final Consumer<String> raised;
    private final Set<Alarm> known = new HashSet<>();

    /** {@code raised} is told the rollout of every new alarm, and of every one that is over. */
    Alarms(Predicate<String> connected, Consumer<String> raised) {
        this.connected = connected;
        this.raised = raised;
    }

    private record Alarm(String rollout, String code, Instant since) {}

    /** Looks at a rollout. */
    void look(RolloutState s, Instant now) {
        Set<Alarm> here = new HashSet<>();
        Optional<Stall> stall = Stall.of(s, now);
        stall.ifPresent(a -> here.add(new Alarm(s.id(), Stall.CODE, a.since())));
        Optional<MixedVersions> mixed = MixedVersions.of(s).filter(m -> m.tooLong(now));
        mixed.ifPresent(m -> here.add(new Alarm(s.id(), MixedVersions.CODE, m.since())));
        boolean over = known.removeIf(a -> a.rollout().equals(s.id()) && !here.contains(a));
        boolean begun = false;
        for (Alarm alarm : here) {
            if (known.add(alarm)) {
                begun = true;
                LOG.warn(
                        "alarm {}: rollout {}: {}",
                        alarm.code(),
                        s.id(),
                        alarm.code().equals(Stall.CODE)
                                ? stall.map(a -> a.subject() + " should have ended by " + a.since() + "; likely cause: "
                                                + a.cause(s, connected))
                                        .orElse("")
                                : mixed.map(m -> m.sentence(now)).orElse(""));
            }
        }
        if (over || begun) {
            raised.accept(s.id());
        }
    }

    /** Forgets rollouts that are no longer looked at. */
    void keep(Predicate<String> rollouts) {
        known.removeIf(a -> !rollouts.test(a.rollout()));
    }
}
